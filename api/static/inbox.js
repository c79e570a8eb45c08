/* The inbox: says when something new has come, and moves between rows by key. */
"use strict";

(function () {
  const fresh = document.querySelector("[data-fresh]");
  const rows = Array.from(document.querySelectorAll("[data-row]"));

  if (fresh && fresh.dataset.seen) {
    document.addEventListener("unread", (event) => {
      fresh.hidden = event.detail <= Number(fresh.dataset.seen);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !rows.length) return;
    if (event.target.closest("input, textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
    rows[next].focus();
  });
})();
