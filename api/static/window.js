/* The work list by keyboard: j and k move, Enter opens (it is a link), / searches. */
(function () {
  "use strict";

  var rows = Array.from(document.querySelectorAll("a[data-row]"));
  var search = document.getElementById("no");
  var fresh = document.querySelector('a[href="/window/new"]');
  var keys = document.querySelector("[data-keys]");

  function isTyping(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function move(by) {
    if (rows.length === 0) return;
    var at = rows.indexOf(document.activeElement);
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    rows[Math.max(0, Math.min(rows.length - 1, next))].focus();
  }

  function act(key) {
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "/") search.focus();
    else if (key === "n" && fresh) fresh.click();
    else return false;
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && event.target === search) search.blur();
    else if (!isTyping(event.target) && act(event.key.toLowerCase())) event.preventDefault();
  });
  keys.hidden = false;
})();
