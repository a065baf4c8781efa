/* Lists: tick all, tick a range with Shift, count what is ticked. The bulk bar itself is shown by CSS. */
(function () {
  "use strict";
  const boxes = (form) => Array.from(form.querySelectorAll("td.ck input[type=checkbox]"));
  let last = null;

  function recount(form) {
    const list = boxes(form);
    const ticked = list.filter((b) => b.checked).length;
    form.querySelectorAll("[data-selected]").forEach((e) => { e.textContent = ticked; });
    const head = form.querySelector("[data-all]");
    if (head) {
      head.checked = ticked > 0 && ticked === list.length;
      head.indeterminate = ticked > 0 && ticked < list.length;
    }
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("td.ck input[type=checkbox], [data-all], [data-clear]");
    const form = box && box.closest("form");
    if (!form) return;
    const list = boxes(form);
    if (box.matches("[data-all]")) list.forEach((b) => { b.checked = box.checked; });
    else if (box.matches("[data-clear]")) list.forEach((b) => { b.checked = false; });
    else {
      if (event.shiftKey && last && list.includes(last)) {
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        list.slice(from, to + 1).forEach((b) => { b.checked = box.checked; });
      }
      last = box;
    }
    recount(form);
  });

  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll("form:has(td.ck)").forEach(recount));
})();
