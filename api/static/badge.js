/* Keeps the count of unread notices in the bar up to date. Only while the page is
   seen: a browser keeps six connections to a site, and a hidden page wants none. */
"use strict";

(function () {
  const holder = document.querySelector("[data-badge]");
  const count = holder && holder.querySelector("[data-badge-count]");
  if (!count || !window.EventSource) return;
  let source = null;

  function show(unread) {
    count.textContent = unread > 99 ? "99+" : String(unread);
    count.hidden = unread === 0;
    document.dispatchEvent(new CustomEvent("unread", { detail: unread }));
  }

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(holder.dataset.badge);
    source.addEventListener("badge", (event) => show(JSON.parse(event.data).unread));
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
})();
