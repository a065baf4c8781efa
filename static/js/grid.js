/* The worker grid on the page: paste, marks, sum, rows, keys, undo. Rules are in grid-rules.js; the server has the last word. */
(function () {
  "use strict";
  const { KEYS, NEEDED, clean, check, read } = window.gridRules;
  const MOST = 300, TWICE = "名单里有相同的身份证号，请合并成一行。", today = new Date().toLocaleDateString("sv");

  function setUp(box) {
    const [body, total, sum, says, undo] = ["tbody", "[data-total]", "[data-sum]", "[data-says]", "[data-undo]"].map((s) => box.querySelector(s));
    const rows = () => Array.from(body.rows), cell = (row, key) => row.querySelector(`td[data-k="${key}"]`);
    const input = (row, key) => cell(row, key).querySelector("input"), value = (row, key) => input(row, key).value.trim();
    let before = null;
    const forget = () => { before = null; undo.hidden = true; };
    const isBlank = (row) => KEYS.every((key) => !value(row, key));
    function mark(row, key, { error, warning }) {
      const td = cell(row, key), field = input(row, key), text = error || warning || "";
      td.className = error ? "bad" : warning ? "warn" : "";
      const why = td.querySelector(".why") || td.appendChild(Object.assign(document.createElement("span"), { className: "why", id: `${field.id}_why` }));
      why.textContent = text;
      field.setAttribute("aria-invalid", String(Boolean(error)));
      if (text) field.setAttribute("aria-describedby", why.id); else why.remove();
    }
    function put(row, key, raw) {
      const { value: tidy, warning } = clean(key, raw);
      input(row, key).value = tidy;
      const found = check(key, tidy, today);
      mark(row, key, found.error ? found : { warning: warning || found.warning });
    }

    function review() {
      const seen = new Map(), uncounted = [];
      let people = 0, fen = 0;
      rows().forEach((row, i) => {
        if (isBlank(row)) return KEYS.forEach((key) => mark(row, key, {}));
        const [id, from, to, owed] = ["id_number", "from", "to", "owed"].map((key) => value(row, key));
        if (cell(row, "id_number").textContent === TWICE) mark(row, "id_number", {});
        if (seen.has(id)) [row, seen.get(id)].forEach((r, k) => mark(r, "id_number", { [k ? "warning" : "error"]: TWICE }));
        if (!id.includes("*") && !check("id_number", id, today).error) seen.set(id, row);
        if (from && to && to < from.slice(0, to.length)) mark(row, "to", { error: `务工结束（${to}）早于开始（${from}），请改其中一个。` });
        people += 1;
        if (check("owed", owed, today).error) uncounted.push(i + 1); else fen += Math.round(Number(owed) * 100);
      });
      const yuan = (fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
      sum.textContent = `${people} 人，欠薪合计 ${yuan} 元${uncounted.length ? `（第 ${uncounted.join("、")} 行未计入）` : ""}`;
    }
    function addRow() {
      const n = body.rows.length;
      if (n >= MOST) return null;
      const row = body.appendChild(body.rows[0].cloneNode(true));
      row.cells[0].textContent = total.value = n + 1;
      KEYS.forEach((key) => {
        const field = Object.assign(input(row, key), { value: "", name: `w-${n}-${key}`, id: `id_w-${n}-${key}` });
        field.setAttribute("aria-label", `第 ${n + 1} 行 ${cell(row, key).dataset.l}`);
        mark(row, key, {});
      });
      return row;
    }
    function paste(text, td) {
      const { rows: found, titled } = read(text, td.dataset.k);
      before = rows().map((row) => KEYS.map((key) => value(row, key)));
      const start = titled ? rows().findLastIndex((row) => !isBlank(row)) + 1 : rows().indexOf(td.parentNode), room = found.slice(0, MOST - start);
      room.forEach((record, i) => {
        const row = body.rows[start + i] || addRow();
        Object.entries(record).forEach(([key, raw]) => put(row, key, raw));
        NEEDED.filter((key) => !value(row, key)).forEach((key) => put(row, key, ""));
      });
      review();
      const wrong = body.querySelectorAll("td.bad, td.warn").length, over = found.length - room.length;
      says.textContent = `已粘贴 ${room.length} 行${over ? `，另有 ${over} 行放不下（最多 ${MOST} 人）` : ""}，${wrong ? `其中 ${wrong} 处需要核对` : "没有发现问题"}。`;
      window.zhichi.toast(says.textContent);
      undo.hidden = false;
    }
    function takeBack() {
      rows().forEach((row, i) => KEYS.forEach((key, k) => put(row, key, (before[i] || [])[k] || "")));
      forget();
      review();
      says.textContent = "已撤销粘贴。";
    }
    box.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain"), td = event.target.closest("td[data-k]");
      if (td && /[\t\n]/.test(text.trim())) { event.preventDefault(); paste(text, td); }
    });
    box.addEventListener("input", forget);
    box.addEventListener("change", ({ target }) => { put(target.closest("tr"), target.closest("td").dataset.k, target.value); review(); });
    box.addEventListener("keydown", (event) => {
      const td = event.target.closest("td[data-k]"), ctrl = event.ctrlKey || event.metaKey;
      if (!td || event.isComposing || event.keyCode === 229) return;
      const by = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
      const row = by && (body.rows[rows().indexOf(td.parentNode) + by] || (by > 0 && addRow()));
      if (by && !ctrl) { event.preventDefault(); if (row) input(row, td.dataset.k).focus(); }
      else if (ctrl && event.key === "z" && before) { event.preventDefault(); takeBack(); }
      else if (ctrl && event.key === "Delete") { KEYS.forEach((key) => put(td.parentNode, key, "")); review(); }
    });
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-undo]")) takeBack();
      else if (event.target.closest("[data-add]")) { event.preventDefault(); for (let i = 0; i < 5; i += 1) addRow(); }
    });
    review();
  }
  document.addEventListener("htmx:load", () => document.querySelectorAll("[data-grid]:not([data-ready])").forEach((box) => { box.dataset.ready = "1"; setUp(box); }));
})();
