/* Running total of one amount per claimant, and its difference from the sum to be shared. In fen, whole numbers only. */
(function () {
  "use strict";

  function fen(text) {
    const match = /^\s*(\d[\d,]*)(?:\.(\d{1,2}))?\s*$/.exec(text || "");
    return match ? BigInt(match[1].replaceAll(",", "")) * 100n + BigInt((match[2] || "").padEnd(2, "0")) : null;
  }

  function yuan(sum) {
    const digits = String(sum).padStart(3, "0");
    return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
  }

  function difference(total, amount) {
    if (amount === null) return "";
    if (amount === total) return "，与到账金额一致";
    return amount > total ? `，还差 ${yuan(amount - total)} 元` : `，多出 ${yuan(total - amount)} 元`;
  }

  function add(form) {
    const out = form.querySelector("[data-total]");
    if (!out) return;
    let total = 0n;
    for (const input of form.querySelectorAll("[data-share]")) total += fen(input.value) || 0n;
    out.textContent = yuan(total);
    const amount = form.querySelector("[data-amount]");
    const rest = form.querySelector("[data-difference]");
    if (amount && rest) rest.textContent = difference(total, fen(amount.value));
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-allocation]");
    if (form) add(form);
  });
  function addAll() {
    document.querySelectorAll("[data-allocation]").forEach(add);
  }
  document.addEventListener("htmx:afterSettle", addAll);
  addAll();
})();
