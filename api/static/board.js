/* Keeps the wall board up to date: follows the stream, says when the data are old, and
   loads itself anew when it is of an older make than the server. ES2015, for browsers
   as old as Chromium 109. */
"use strict";

(function (Board) {
  const STALE_MS = 20000;
  const CUT_MS = 6000;
  const RETRY_MS = 5000;
  const RELOAD_MS = 60000;
  const MOST_STEPS = 40;

  const body = document.body;
  const byId = (id) => document.getElementById(id);

  // ---- ticker ----

  let newest = 0;

  function stepLine(step) {
    const line = byId("step").content.firstElementChild.cloneNode(true);
    line.className = `kind-${step.kind}`;
    line.querySelector("time").textContent = step.time;
    const link = line.querySelector("a");
    link.textContent = step.text;
    link.href = step.href;
    return line;
  }

  function addStep(step) {
    if (step.position <= newest) return;
    newest = step.position;
    const list = byId("ticker");
    list.prepend(stepLine(step));
    while (list.children.length > MOST_STEPS) list.lastElementChild.remove();
    byId("no-steps").hidden = true;
  }

  function fillTicker(steps, position) {
    if (position < newest) newest = 0; // another log, or its views begun anew
    if (!steps.length || steps[0].position <= newest) return;
    newest = steps[0].position;
    byId("ticker").replaceChildren(...steps.map(stepLine));
    byId("no-steps").hidden = true;
  }

  // ---- what the stream says ----

  let heardAt = Date.now();
  let problem = null;
  let serverTime = Date.parse(body.dataset.time);
  let serverTimeAt = Date.now();

  function fillFigure([key, value, unit, note]) {
    const figure = document.querySelector(`[data-of="${key}"]`);
    if (!figure) return;
    figure.querySelector("b").textContent = value;
    figure.querySelector("small").textContent = unit;
    figure.querySelector(".note").textContent = note;
  }

  function fillBelow(offices) {
    const list = document.querySelector("[data-below]");
    if (!list) return;
    const draft = byId("below").content.firstElementChild;
    while (list.children.length > offices.length) list.lastElementChild.remove();
    while (list.children.length < offices.length) list.append(draft.cloneNode(true));
    offices.forEach(([href, name, red, yellow], index) => {
      const line = list.children[index];
      line.querySelector("a").setAttribute("href", href);
      line.querySelector(".name").textContent = name;
      [["red", red], ["yellow", yellow]].forEach(([tier, count]) => {
        line.querySelector(`b.${tier}`).textContent = count;
        line.querySelector(`.tier-${tier}`).classList.toggle("none", count === 0);
      });
    });
  }

  function show(board) {
    if (board.version !== body.dataset.version && reload(board.version)) return;
    board.figures.forEach(fillFigure);
    board.columns.forEach(Board.fillColumn);
    Board.fillPosts(board.posts);
    Board.fillTrend(board.trend);
    fillBelow(board.below);
    fillTicker(board.ticker, board.position);
    byId("data-time").textContent = clockTime(Date.parse(board.at));
  }

  /* After a deploy. Not twice for one version within a minute: two servers of two
     makes behind one address must not keep a wall busy. */
  function reload(version) {
    const last = (sessionStorage.getItem("reloaded") || "").split(" ");
    if (last[0] === version && Date.now() - Number(last[1]) < RELOAD_MS) return false;
    sessionStorage.setItem("reloaded", `${version} ${Date.now()}`);
    location.reload();
    return true;
  }

  function heard(message) {
    heardAt = Date.now();
    problem = message.problem || null;
    serverTime = Date.parse(message.at);
    serverTimeAt = heardAt;
  }

  // ---- state and clock ----

  const clockFormat = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", hour12: false,
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  });

  function clockTime(instant) {
    return clockFormat.format(instant).replace(/^24/, "00");
  }

  let expired = false;
  let cutAt = null;

  function reasonOfAge() {
    const words = body.dataset;
    const isCut = cutAt !== null && Date.now() - cutAt > CUT_MS;
    if (expired) return words.wordExpired;
    if (problem) return words.wordProblem.replace("{problem}", problem);
    if (isCut || Date.now() - heardAt > STALE_MS) return words.wordLost;
    return "";
  }

  function tell(connected) {
    const state = byId("connection");
    if (connected) cutAt = null;
    else if (cutAt === null) cutAt = Date.now();
    state.textContent = connected ? body.dataset.wordLive : body.dataset.wordCut;
    state.classList.toggle("is-live", connected);
    state.classList.toggle("is-cut", !connected);
  }

  function tick() {
    byId("clock").textContent = clockTime(serverTime + Date.now() - serverTimeAt);
    const reason = reasonOfAge();
    if (byId("stale").textContent === reason) return;
    byId("stale").textContent = reason;
    byId("stale").hidden = reason === "";
    body.classList.toggle("is-stale", reason !== "");
    Board.showPages(); // the banner takes room from the columns
  }

  // ---- the stream ----

  let lastId = "";

  function listen(source, name, act) {
    source.addEventListener(name, (event) => {
      if (event.lastEventId) lastId = event.lastEventId;
      const message = JSON.parse(event.data);
      if (name === "step") heardAt = Date.now();
      else heard(message);
      act(message);
      tick();
    });
  }

  function connect() {
    const address = new URL(body.dataset.stream, location.href);
    if (lastId) address.searchParams.set("after", lastId);
    const source = new EventSource(address);
    source.onopen = () => {
      expired = false;
      tell(true);
    };
    source.onerror = () => {
      tell(false);
      // A refused stream is not tried again by the browser.
      if (source.readyState === EventSource.CLOSED) reconnectLater();
    };
    listen(source, "step", addStep);
    listen(source, "board", show);
    listen(source, "ping", () => tell(true));
  }

  function reconnectLater() {
    fetch(location.href, { redirect: "manual", cache: "no-store" }).then(
      (answer) => { expired = answer.type === "opaqueredirect"; tick(); },
      () => { /* the server is away: the next try will tell */ }
    );
    setTimeout(connect, RETRY_MS);
  }

  if (body.dataset.stream) {
    connect();
    setInterval(tick, 1000);
  }
})(window.Board);
