/* Keeps the wall board up to date: pages the columns, follows the stream, says when
   the data are old. ES2015, for browsers as old as Chromium 109. */
"use strict";

(function () {
  const PAGE_MS = 8000;
  const STALE_MS = 20000;
  const RETRY_MS = 5000;
  const MOST_STEPS = 40;

  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const columns = Array.from(document.querySelectorAll("[data-column]"));
  const pages = new Map(columns.map((column) => [column, 0]));

  // ---- columns ----

  function fill(row, line) {
    const link = row.querySelector(".item");
    link.textContent = line.item;
    link.href = line.href;
    row.querySelector(".left").textContent = line.left;
    row.querySelector(".place").textContent = line.place;
    const used = row.querySelector(".used");
    used.hidden = line.used === null;
    used.value = line.used || 0;
  }

  function fillColumn(column, part) {
    const list = column.querySelector("[data-rows]");
    const draft = byId("row").content.firstElementChild;
    while (list.children.length > part.rows.length) list.lastElementChild.remove();
    while (list.children.length < part.rows.length) list.append(draft.cloneNode(true));
    part.rows.forEach((line, index) => fill(list.children[index], line));
    column.querySelector("[data-count]").textContent = part.count;
    column.querySelector("[data-empty]").hidden = part.rows.length > 0;
    const more = column.querySelector("[data-more]");
    more.hidden = part.hidden === 0;
    more.querySelector("b").textContent = part.hidden;
  }

  /* As many whole rows as fit; the last page overlaps, so that it has no hole. */
  function showPage(column) {
    const list = column.querySelector("[data-rows]");
    const rows = Array.from(list.children);
    const rowHeight = 4.1 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = Math.max(1, Math.floor(list.clientHeight / rowHeight));
    const count = Math.max(1, Math.ceil(rows.length / size));
    const page = pages.get(column) % count;
    const first = Math.max(0, Math.min(page * size, rows.length - size));
    rows.forEach((row, index) => {
      row.hidden = index < first || index >= first + size;
    });
    pages.set(column, page);
    column.querySelector("[data-page]").textContent =
      rows.length ? `第 ${page + 1} / ${count} 页` : "";
  }

  /* Whoever reads a column, by mouse or keyboard, is not turned away from it. */
  function turnPages() {
    for (const column of columns) {
      if (column.matches(":hover") || column.contains(document.activeElement)) continue;
      pages.set(column, pages.get(column) + 1);
      showPage(column);
    }
  }

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

  function show(board) {
    for (const figure of board.figures) {
      const value = document.querySelector(`[data-figure="${figure.key}"]`);
      value.textContent = figure.value;
      value.classList.toggle("none", !figure.unit);
      value.nextElementSibling.textContent = figure.unit;
    }
    for (const part of board.columns) {
      const column = document.querySelector(`[data-column="${part.tier}"]`);
      fillColumn(column, part);
      showPage(column);
    }
    fillTicker(board.ticker, board.position);
    byId("data-time").textContent = clockTime(Date.parse(board.at));
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

  function reasonOfAge() {
    if (expired) return "登录已失效，数据已停止更新：请刷新页面后重新登录。";
    if (problem) return `${problem}，以下不是最新数据。`;
    if (Date.now() - heardAt > STALE_MS) return "连接中断，数据已停止更新，正在重连……";
    return "";
  }

  function tell(connected) {
    const state = byId("connection");
    state.textContent = connected ? "实时" : "断开";
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
    showPages(); // the banner takes room from the columns
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

  // ---- begin ----

  function showPages() {
    columns.forEach(showPage);
  }

  body.classList.add("paged");
  showPages();
  setInterval(turnPages, PAGE_MS);
  addEventListener("resize", showPages);
  if (body.dataset.stream) {
    connect();
    setInterval(tick, 1000);
  }
})();
