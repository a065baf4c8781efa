/* The desk looks for news every two minutes: only while it is seen, and never under a form, a menu or a tick. */
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches("[data-refresh]")) return;
  const busy = "details[open], .doing, .settled, .pick :checked, .undo";
  if (document.hidden || document.querySelector("#panel").querySelector(busy)) event.preventDefault();
});
