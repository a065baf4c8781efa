/* What every page does with a script: theme, toasts, focus after errors, one submit per click, menus. Nothing here is needed to work. */
(function () {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from) => (from || document).querySelector(selector);
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const menus = () => all("details.menu[open], details.clock[open]");

  function toast(text) {
    const box = $("#toasts");
    if (!box || !text) return;
    const p = document.createElement("p");
    p.className = "toast";
    p.textContent = text;
    box.append(p);
    setTimeout(() => p.remove(), 6500);
  }

  function announce(text) {
    all("#live").forEach((e) => { e.textContent = text; });
  }

  /* theme and density: a cookie, so that the server paints the next page right */
  function choose(button) {
    const { set, to } = button.dataset;
    root.dataset[set] = to;
    document.cookie = `${set}=${to}; path=/; max-age=31536000; SameSite=Lax`;
    all(`[data-set="${set}"]`).forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
    document.dispatchEvent(new CustomEvent("zhichi:theme"));
  }

  function copy(id) {
    navigator.clipboard.writeText(document.getElementById(id).textContent.trim()).then(() => toast("已复制"));
  }

  function showPassword(button) {
    const input = document.getElementById(button.dataset.revealPassword);
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.textContent = hidden ? "隐藏" : "显示";
  }

  const clicks = [
    ["[data-set]", choose],
    ["[data-copy]", (b) => copy(b.dataset.copy)],
    ["[data-reveal-password]", showPassword],
    ["[data-fill]", (b) => { const i = document.getElementById(b.dataset.fill); i.value = b.dataset.value; i.focus(); }],
    ["[data-print]", () => window.print()],
  ];

  document.addEventListener("click", (event) => {
    for (const [selector, act] of clicks) {
      const hit = event.target.closest(selector);
      if (hit) return act(hit);
    }
    menus().forEach((d) => { d.open = d.contains(event.target); });
  });

  document.addEventListener("keydown", (event) => {
    const search = $("[data-search]");
    if (event.key === "Escape") menus().forEach((d) => { d.open = false; $("summary", d).focus(); });
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && search) { event.preventDefault(); search.focus(); }
    else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) event.target.form.requestSubmit();
  });

  /* one submit per click: the second is dropped until the answer is here, or for eight seconds */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 8000);
  }, true);

  function release(form) {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((b) => b.removeAttribute("aria-busy"));
  }
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest("form"); if (form) release(form); });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));

  /* what arrives: errors take the focus, secrets leave after their time, script-only controls appear */
  function arrived(part) {
    all("[data-script]", part).forEach((e) => { e.hidden = false; });
    all(".revealed", part).concat(part.matches && part.matches(".revealed") ? [part] : []).forEach((r) => {
      setTimeout(() => { const masked = $("template", r).content.firstElementChild.cloneNode(true); r.replaceWith(masked); window.htmx && window.htmx.process(masked); }, r.dataset.seconds * 1000);
    });
    const wrong = $(".summary", part) || (part.matches && part.matches(".summary") ? part : null);
    if (wrong) wrong.focus();
  }
  document.addEventListener("htmx:load", (event) => arrived(event.detail.elt));
  document.addEventListener("htmx:sendError", () => toast("没有连上服务器，内容还在本页，请检查网络后再试"));
  document.addEventListener("htmx:responseError", (e) => (e.detail.xhr.status > 499 && $("#failure")) || toast("没有办成，内容还在本页，请重试"));
  document.addEventListener("toast", (event) => toast(event.detail.t));
  document.addEventListener("focus", (event) => { const e = event.detail && $(event.detail.value); if (e) e.focus(); });
  // the desk looks for news only while it is seen, and never under a form, a menu or a tick
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches("[data-refresh]") && (document.hidden || $("#panel :is(details[open], .doing, .settled, .pick :checked)"))) event.preventDefault(); });
  window.zhichi = { toast, announce };
})();
