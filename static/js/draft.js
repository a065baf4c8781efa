/* A form that keeps itself as a draft (`data-draft`). Without this the button 存草稿 does it. */
(function () {
  "use strict";
  const EVERY = 10000;

  function setUp(form) {
    const says = form.querySelector("[data-draft-says]");
    let changed = false, busy = false, stopped = false;
    const time = () => new Date().toTimeString().slice(0, 5);
    const stop = (text) => { stopped = true; says.textContent = text; };

    /* everything but the files: those go with the button, once */
    function body() {
      const data = new FormData(form);
      form.querySelectorAll('input[type="file"]').forEach((input) => data.delete(input.name));
      data.set("draft", "1");
      data.set("by_itself", "1");
      return new URLSearchParams(data);
    }
    function kept({ action, version }) {
      form.action = action;
      form.elements.version.value = version;
      if (location.pathname !== action) history.replaceState(null, "", action);
      says.textContent = `草稿已于 ${time()} 自动保存`;
    }
    async function keep() {
      if (!changed || busy || stopped || form.dataset.sent) return;
      changed = false;
      busy = true;
      try {
        const answer = await fetch(form.action, { method: "POST", body: body(), redirect: "manual" });
        if (answer.ok) kept(await answer.json());
        else if (answer.status === 409) stop("这份草稿在另一处存过，本页不再自动保存。");
        else if (answer.status === 404) stop("这份草稿已删除，本页不再自动保存。");
        else if (answer.status > 499) throw 0;
        else stop("登录已过期，内容还在本页，没有存上。请先复制，再重新登录。");
      } catch {
        changed = true;
        says.textContent = "没有存上，内容还在本页，稍后再自动保存。";
      } finally { busy = false; }
    }
    /* the button waits for a draft on its way: its page is never older than the draft */
    form.addEventListener("submit", (event) => {
      if (!busy) { stopped = true; return; }
      event.preventDefault();
      const button = event.submitter;
      setTimeout(() => { delete form.dataset.sent; form.requestSubmit(button); }, 300);
    });
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("paste", () => { changed = true; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
    window.addEventListener("pageshow", () => { stopped = false; });
    setInterval(keep, EVERY);
  }
  document.querySelectorAll("form[data-draft]").forEach(setUp);
})();
