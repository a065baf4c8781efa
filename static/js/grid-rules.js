/* The worker grid's rules without a page: headers, cleaning, checks. The server checks again; this is to be quick. */
(function () {
  "use strict";
  const KEYS = ["name", "id_number", "phone", "job", "from", "to", "owed", "remark"];
  const NEEDED = ["name", "id_number", "owed"];
  const HEADERS = window.GridHeaders;
  const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

  const half = (text) => text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\u3000\u00a0]/g, " ");
  const bare = (text) => half(String(text)).replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/\s+/g, " ").trim();
  const header = (cell) => HEADERS.get(bare(cell).replace(/[\s*()（）:：]/g, ""));
  const checkDigit = (id) => "10X98765432"[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(id[i]), 0) % 11];

  function day(text) {
    const match = /^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?\s*[月日]?$/.exec(text) || /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
    return match ? [match[1], match[2].padStart(2, "0")].concat(match[3] ? match[3].padStart(2, "0") : []).join("-") : text;
  }

  /* One cell as typed or pasted → {value, warning}: 2.4万 is understood, and said so. */
  function clean(key, raw) {
    let value = bare(raw);
    if (key === "id_number") return { value: value.replace(/[\s'’-]/g, "").toUpperCase() };
    if (key === "phone") return { value: value.replace(/[\s-]/g, "").replace(/^\+?86(?=1\d{10}$)/, "") };
    if (key === "from" || key === "to") return { value: day(value) };
    if (key !== "owed") return { value };
    value = value.replace(/[,￥¥$\s]/g, "").replace(/(元|圆)?整?$/, "");
    const ten = /^(\d+(?:\.\d+)?)万$/.exec(value);
    if (!ten) return { value };
    value = (Math.round(Number(ten[1]) * 1e6) / 100).toFixed(2);
    return { value, warning: `已换算为 ${value.replace(/\B(?=(\d{3})+(?!\d))/g, ",")}，请核对。` };
  }

  function checkId(id, today) {
    if (/^\d(\.\d+)?E\+?\d+$/.test(id)) return { error: "被 Excel 改成了科学计数，原号码已丢失。请把该列设为“文本”，重新录入后再粘贴。" };
    if (id.length === 15) return { error: "这是 15 位旧号码，请填 18 位身份证号。" };
    if (id.length < 18) return { error: `身份证号少 ${18 - id.length} 位，应为 18 位。` };
    if (id.length > 18) return { error: `身份证号多 ${id.length - 18} 位，应为 18 位。` };
    if (!/^\d{17}[\dX]$/.test(id)) return { error: "身份证号前 17 位只能是数字，最后一位是数字或 X。" };
    if (checkDigit(id) !== id[17]) return { error: id.endsWith("000") ? "末三位是 000，像是被 Excel 截断，请对照身份证原件核对。" : "身份证号校验位不对，请对照身份证原件核对。" };
    const sixteen = `${Number(id.slice(6, 10)) + 16}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
    if (sixteen > today) return { error: "此人未满 16 周岁，系童工线索，请另行移送劳动监察。" };
    const sixty = `${Number(id.slice(6, 10)) + 60}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
    return sixty > today ? {} : { warning: "此人已满 60 周岁，按超龄用工处理，可以继续提交。" };
  }

  /* {error} stops, {warning} asks to look again, {} is fine. An empty row is fine as a whole (see grid.js). */
  function check(key, value, today) {
    if (!value) return NEEDED.includes(key) ? { error: `还没填${{ name: "姓名", id_number: "身份证号", owed: "欠薪金额" }[key]}。` } : {};
    if (value.includes("*") && (key === "id_number" || key === "phone")) return {}; // a number submitted before, shown masked
    if (key === "id_number") return checkId(value, today);
    if (key === "phone" && !/^1[3-9]\d{9}$/.test(value)) return { error: `手机号应为 11 位，现在是 ${value.length} 位，请核对。` };
    if (key === "owed" && !/^\d+(\.\d{1,2})?$/.test(value)) return { error: "金额请填数字，例如 24000。" };
    if (key === "owed" && (Number(value) <= 0 || Number(value) >= 1e7)) return { error: "金额应大于 0、小于 1000 万元，请核对。" };
    if ((key === "from" || key === "to") && !/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/.test(value)) return { error: "时间请改成类似 2025-04 的样子。" };
    return {};
  }

  /* Tab-separated text of Excel or WPS; a cell with a line break comes in quotes. */
  function cells(text) {
    const rows = [];
    for (const match of text.replace(/\r\n?/g, "\n").matchAll(/("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)([\t\n]|$)/g)) {
      if (!rows.length || rows.next) rows.push([]);
      const cell = match[1].startsWith('"') && match[1].endsWith('"') && match[1].length > 1 ? match[1].slice(1, -1).replace(/""/g, '"') : match[1];
      rows[rows.length - 1].push(cell);
      rows.next = match[2] === "\n";
      if (match[2] === "") break;
    }
    return rows.filter((row) => row.some((cell) => bare(cell)));
  }

  /* Pasted text → {rows: [{key: raw}], titled}; without a title row the columns begin at `first`. */
  function read(text, first) {
    const rows = cells(text);
    const titles = (rows[0] || []).map(header);
    const titled = titles.filter(Boolean).length >= 2;
    const keys = titled ? titles : KEYS.slice(KEYS.indexOf(first || "name"));
    return { titled, rows: rows.slice(titled ? 1 : 0).map((row) => spread(row, keys)) };
  }

  /* 2025.3-2025.9, 2025年3月-9月, 2025-03 至 2025-09 → [from, to] */
  function period(text) {
    const match = /^(\d{4})([./年-]\d.*?)\s*-\s*(\d{4}[./年].*|\d{4}-.*|\d{1,2}月)$/.exec(text);
    if (!match || /[至到~—–]/.test(text)) return text.split(/\s*(?:至|到|~|—+|–| - )\s*/).concat("").slice(0, 2);
    const [, year, start, end] = match;
    return [year + start, /^\d{1,2}月$/.test(end) ? `${year}年${end}` : end];
  }

  function spread(row, keys) {
    const found = {};
    row.forEach((cell, i) => { if (keys[i]) found[keys[i]] = cell; });
    if (found.period !== undefined) [found.from, found.to] = period(bare(found.period));
    delete found.period;
    return found;
  }

  globalThis.gridRules = { KEYS, NEEDED, clean, check, read };
})();
