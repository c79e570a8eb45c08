/* Lists that turn their pages: as many rows as fit, filled anew and never more of them.
   ES2015, for browsers as old as Chromium 109. */
"use strict";

window.Board = window.Board || {};

(function (Board) {
  const HOLD_MS = 60000;
  const LEAST_PX = 24; // a row is a target too
  const byId = (id) => document.getElementById(id);
  const word = (name) => document.body.dataset[name];
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

  let touchedAt = 0;
  for (const kind of ["pointermove", "pointerdown", "keydown"]) {
    addEventListener(kind, () => { touchedAt = Date.now(); }, { passive: true });
  }

  // ---- what a row shows: [case, item, place, left, used, mark] ----

  const caseRow = {
    draft: "row",
    height: 3.95,
    id: (row) => row[0],
    read: (line) => {
      const link = line.querySelector(".item");
      const used = line.querySelector(".used");
      return [
        link.pathname.split("/").pop(),
        link.textContent,
        line.querySelector(".place span").textContent,
        line.querySelector(".left").textContent,
        used.hidden ? null : used.value,
        line.querySelector(".mark").textContent,
      ];
    },
    fill: (line, row) => {
      const link = line.querySelector(".item");
      link.textContent = row[1];
      link.href = `/cases/${row[0]}`;
      line.querySelector(".place span").textContent = row[2];
      line.querySelector(".left").textContent = row[3];
      const used = line.querySelector(".used");
      used.hidden = row[4] === null;
      used.value = row[4] || 0;
      const mark = line.querySelector(".mark");
      mark.textContent = row[5];
      mark.hidden = row[5] === "";
    },
  };

  // ---- [address, name, today, finished, share, average, on time, told] ----

  const POST_PARTS = [".today", ".finished", ".average", ".on-time"];
  const postRow = {
    draft: "post",
    height: 1.95,
    id: (row) => row[0],
    read: (line) => {
      const link = line.querySelector(".name");
      const [today, finished, average, onTime] = POST_PARTS.map(
        (part) => line.querySelector(part).textContent
      );
      const share = line.querySelector(".share").value;
      const address = link.getAttribute("href");
      return [address, link.textContent, today, finished, share, average, onTime, link.title];
    },
    fill: (line, row) => {
      const link = line.querySelector(".name");
      link.setAttribute("href", row[0]);
      link.textContent = row[1];
      link.title = row[7];
      line.querySelector(".share").value = row[4];
      [row[2], row[3], row[5], row[6]].forEach((value, index) => {
        line.querySelector(POST_PARTS[index]).textContent = value;
      });
    },
  };

  // ---- a list and its pages ----

  class Pager {
    constructor(section, kind) {
      this.section = section;
      this.kind = kind;
      this.list = section.querySelector("[data-rows]");
      this.rows = Array.from(this.list.children, kind.read);
      this.shown = [];
      this.page = 0;
      section.addEventListener("mouseleave", () => this.show());
      section.addEventListener("focusout", () => setTimeout(() => this.show(), 0));
    }

    /* Whoever reads a list, by mouse or keyboard, is not turned away from it. */
    get isHeld() {
      if (Date.now() - touchedAt > HOLD_MS) return false;
      return this.section.matches(":hover") || this.section.contains(document.activeElement);
    }

    get size() {
      const height = Math.max(LEAST_PX, this.kind.height * rem());
      return Math.max(1, Math.floor((this.list.clientHeight + 1) / height));
    }

    get pages() {
      return Math.max(1, Math.ceil(this.rows.length / this.size));
    }

    set(rows) {
      this.rows = rows;
      this.section.querySelector("[data-empty]").hidden = rows.length > 0;
      if (this.isHeld && this.shown.length) this.refresh();
      else this.show();
    }

    turn(by) {
      this.page = (this.page + by + this.pages) % this.pages;
      this.show();
    }

    first() {
      this.page = 0;
      this.show();
    }

    /* The last page overlaps the one before, so that it has no hole. */
    show() {
      const size = this.size;
      this.page %= this.pages;
      const first = Math.max(0, Math.min(this.page * size, this.rows.length - size));
      this.shown = this.rows.slice(first, first + size);
      const draft = byId(this.kind.draft).content.firstElementChild;
      while (this.list.children.length > this.shown.length) this.list.lastElementChild.remove();
      while (this.list.children.length < this.shown.length) this.list.append(draft.cloneNode(true));
      this.shown.forEach((row, index) => this.kind.fill(this.list.children[index], row));
      this.tellPage();
    }

    /* Newer words for the rows that are being read; none of them moves. */
    refresh() {
      const known = new Map(this.rows.map((row) => [this.kind.id(row), row]));
      this.shown.forEach((row, index) => {
        const newer = known.get(this.kind.id(row));
        if (newer && this.list.children[index]) this.kind.fill(this.list.children[index], newer);
      });
      this.tellPage();
    }

    tellPage() {
      const told = word("wordPage").replace("{page}", this.page + 1).replace("{pages}", this.pages);
      this.section.querySelector("[data-page]").textContent = this.rows.length ? told : "";
    }
  }

  const columns = new Map();
  for (const section of document.querySelectorAll("[data-column]")) {
    columns.set(section.dataset.column, new Pager(section, caseRow));
  }
  const posts = document.querySelector("[data-posts]");
  const postPager = posts ? new Pager(posts, postRow) : null;
  const pagers = [...columns.values(), ...(postPager ? [postPager] : [])];

  Board.fillColumn = function (part) {
    const pager = columns.get(part.tier);
    pager.section.querySelector("[data-count]").textContent = part.count;
    const more = pager.section.querySelector("[data-more]");
    more.hidden = part.hidden === 0;
    more.querySelector("b").textContent = part.hidden;
    pager.set(part.rows);
  };
  Board.fillPosts = function (rows) {
    if (postPager) postPager.set(rows);
  };
  Board.showPages = () => pagers.forEach((pager) => pager.show());
  Board.firstPages = () => pagers.forEach((pager) => pager.first());
  Board.turnPages = () => pagers.filter((pager) => !pager.isHeld).forEach((pager) => pager.turn(1));
  /* By hand: the list that has the focus, else all of them. */
  Board.turnByHand = function (by) {
    const focused = pagers.filter((pager) => pager.section.contains(document.activeElement));
    (focused.length ? focused : pagers).forEach((pager) => pager.turn(by));
  };
})(window.Board);
