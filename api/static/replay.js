/* The replay by slider, keyboard and time: all steps came with the page.

   Each is a part of a <template>; showing one puts a copy of it into its place, so
   that there is one drawing of a step, the server's. */

(() => {
  "use strict";

  const root = document.getElementById("replay");
  const steps = Array.from(document.getElementById("moments").content.children);
  const place = document.getElementById("moment");
  const slider = document.getElementById("slider");
  const told = document.getElementById("told");
  const play = document.getElementById("play");
  const here = document.getElementById("here");
  const notice = document.getElementById("notice");
  const speed = document.getElementById("speed");
  const total = steps.length;
  let current = Number(slider.value);
  let clock = null;

  const targets = {
    first: () => 1,
    previous: () => current - 1,
    next: () => current + 1,
    last: () => total,
  };

  const within = (number) => Math.min(Math.max(1, number), total);

  const address = (number) => {
    const query = new URLSearchParams({ event: number, axis: root.dataset.axis });
    return `${root.dataset.base}?${query}`;
  };

  const isOpen = () => Boolean(place.querySelector("details[open]"));

  const draw = (number) => {
    const wasOpen = isOpen();
    const step = steps[number - 1].cloneNode(true);
    if (wasOpen) step.querySelector("details").open = true;
    place.replaceChildren(step);
    slider.value = number;
    slider.setAttribute("aria-valuetext", step.dataset.told);
    told.textContent = step.dataset.told;
  };

  const markInList = (number) => {
    for (const link of document.querySelectorAll("[data-go]")) {
      const isHere = Number(link.dataset.go) === number;
      if (isHere) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
      if (isHere) bringIntoList(link);
    }
    const dot = document.querySelector(`[data-dot="${number}"]`);
    here.setAttribute("x", dot.getAttribute("cx"));
    here.querySelector("text").textContent = number;
  };

  // Only the list scrolls, never the page under the reader.
  const bringIntoList = (link) => {
    const list = link.closest("ol");
    const top = link.offsetTop - list.offsetTop;
    if (top < list.scrollTop) list.scrollTop = top;
    const bottom = top + link.offsetHeight - list.clientHeight;
    if (bottom > list.scrollTop) list.scrollTop = bottom;
  };

  const linkControls = () => {
    for (const link of document.querySelectorAll("[data-act]")) {
      const target = within(targets[link.dataset.act]());
      if (target === current) {
        link.removeAttribute("href");
        link.setAttribute("aria-disabled", "true");
      } else {
        link.href = address(target);
        link.removeAttribute("aria-disabled");
      }
    }
    for (const link of document.querySelectorAll(".axis a")) {
      const other = new URL(link.href);
      other.searchParams.set("event", current);
      link.href = other.pathname + other.search;
    }
  };

  const show = (number) => {
    const wanted = within(number);
    const isNew = wanted !== current || location.search.includes("at=");
    if (!isNew) return;
    current = wanted;
    if (notice) notice.remove();
    draw(current);
    markInList(current);
    linkControls();
    history.replaceState(null, "", address(current));
  };

  const pause = () => {
    clearInterval(clock);
    clock = null;
    playWord();
  };

  const playWord = () => {
    const isPlaying = clock !== null;
    play.dataset.state = isPlaying ? "playing" : "still";
    play.querySelector("span").textContent =
      isPlaying ? play.dataset.pause : play.dataset.play;
  };

  const advance = () => {
    if (current < total) show(current + 1);
    if (current === total) pause();
  };

  const start = () => {
    if (current === total) show(1);
    clock = setInterval(advance, Number(speed.value));
    playWord();
  };

  const toggle = () => (clock === null ? start() : pause());

  const follow = (event, number) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    pause();
    show(number);
  };

  const onClick = (event) => {
    const act = event.target.closest("[data-act]");
    if (act) return follow(event, targets[act.dataset.act]());
    const go = event.target.closest("[data-go], [data-dot]");
    if (go) follow(event, Number(go.dataset.go || go.dataset.dot));
  };

  const KEYS = {
    ArrowLeft: targets.previous, ArrowUp: targets.previous, k: targets.previous,
    ArrowRight: targets.next, ArrowDown: targets.next, j: targets.next,
    Home: targets.first, End: targets.last,
  };
  const TYPES_TEXT = "input:not([type=range]), select, textarea";
  const TAKES_SPACE = `${TYPES_TEXT}, button, summary`;
  const SCROLLS = ["ArrowUp", "ArrowDown"];

  // Off the slider the arrows that scroll a page keep doing so.
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (event.key === " ") {
      if (at.closest(TAKES_SPACE)) return;
      event.preventDefault();
      toggle();
      return;
    }
    const target = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!target || at.closest(TYPES_TEXT) || at.closest("pre")) return;
    if (at !== slider && SCROLLS.includes(event.key)) return;
    event.preventDefault();
    pause();
    show(target());
  };

  slider.addEventListener("input", () => {
    pause();
    show(Number(slider.value));
  });
  speed.addEventListener("change", () => {
    if (clock !== null) {
      pause();
      start();
    }
  });
  play.addEventListener("click", toggle);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);

  for (const each of document.querySelectorAll("[data-live]")) each.hidden = false;
  markInList(current);
})();
