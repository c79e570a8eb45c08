/* The wall by itself and by hand: turning pages, pausing, keys, help, and a picture
   that does not burn in. ES2015, for browsers as old as Chromium 109. */
"use strict";

(function (Board) {
  const PAGE_MS = 9000;
  const SHIFT_MS = 180000;
  const SHIFTS = ["", "shift-1", "shift-2", "shift-3"];
  const body = document.body;
  const pause = document.getElementById("pause");
  const help = document.getElementById("help");
  let isPaused = false;

  /* Whoever stops the wall wants to read it from the most urgent case on. */
  function setPaused(paused) {
    isPaused = paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? body.dataset.wordResume : body.dataset.wordPause;
    Board.firstPages();
  }

  function openHelp() {
    if (!help.open) help.showModal();
  }

  const KEYS = {
    " ": () => setPaused(!isPaused),
    ArrowLeft: () => Board.turnByHand(-1),
    ArrowRight: () => Board.turnByHand(1),
    Home: () => Board.firstPages(),
    "?": openHelp,
    "？": openHelp,
  };

  function isTaken(event) {
    const isOwn = event.target.closest("button, input, select, textarea, dialog");
    return event.ctrlKey || event.altKey || event.metaKey || (isOwn && event.key !== "?");
  }

  document.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || isTaken(event) || help.open) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  let shift = 0;
  function move() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    if (SHIFTS[shift]) body.classList.remove(SHIFTS[shift]);
    shift = (shift + 1) % SHIFTS.length;
    if (SHIFTS[shift]) body.classList.add(SHIFTS[shift]);
  }

  body.classList.add("paged");
  pause.hidden = false;
  pause.addEventListener("click", () => setPaused(!isPaused));
  const helpButton = document.getElementById("help-button");
  helpButton.hidden = false;
  helpButton.addEventListener("click", openHelp);
  Board.showPages();
  addEventListener("resize", Board.showPages);
  setInterval(() => { if (!isPaused) Board.turnPages(); }, PAGE_MS);
  setInterval(move, SHIFT_MS);
})(window.Board);
