// The list of bots: one page of it at a time. A bot whose state changed is written in place; one that came, went or moved has the list read again.

import { $, badge, el, fromNow, lateness, now, reasonOf, say, throttle, timeOf } from "./dom.js";
import { get } from "./api.js";

const pageSize = 25;
const maxReread = 100;
const justNow = 60000;

const ahead = { "15m": 15, "1h": 60, "6h": 360, "24h": 1440 };

export class BotList {
  #filter = "upcoming";
  #picked = null;
  #range = "1h";
  #cursor = null;
  #query = "";
  #rows = new Map();
  #reading = 0;

  /** @param onOpen called with the id of a bot, @param onProblem with a sentence */
  constructor(onOpen, onProblem) {
    this.onOpen = onOpen;
    this.onProblem = onProblem;
    this.reread = throttle(500, () => this.#read());
    $("filters").addEventListener("click", (event) => this.#choose(event.target.closest("button")));
    $("more").addEventListener("click", () => this.#readMore());
  }

  look(range) {
    this.#range = range;
    this.pick(null);
  }

  /** Lists the bots of one bar of the timeline, or, with null, of the whole range. */
  pick(picked) {
    this.#picked = picked;
    $("picked").hidden = picked === null;
    if (picked) {
      say($("picked-text"), `Bots from ${timeOf(picked.from, true)} to ${timeOf(picked.until, true)}.`);
    }
    this.#read();
  }

  /** Takes in what the stream told. */
  change(told) {
    let isMoved = told.has_more;
    for (const bot of told.bots) {
      const row = this.#rows.get(bot.id);
      if (!row || !bot.state || Date.parse(bot.join_at) !== row.joinAt) {
        isMoved = true;
      } else {
        row.write({ ...row.bot, ...bot });
      }
    }
    if (isMoved) {
      this.reread();
    }
  }

  /** The distances from now; what has joined a while ago is not upcoming any more. */
  tick() {
    this.#rows.forEach((row) => row.tick());
    const [first] = this.#rows.values();
    if (first && !this.#picked && this.#filter === "upcoming" && first.joinAt < now() - 2 * justNow) {
      this.reread();
    }
  }

  #choose(button) {
    if (button) {
      this.#filter = button.dataset.filter;
      for (const other of $("filters").children) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      this.#read();
    }
  }

  async #read() {
    const from = this.#picked ? this.#picked.from : now() - (this.#filter === "upcoming" ? justNow : 3600000);
    const until = this.#picked ? this.#picked.until : now() + ahead[this.#range] * 60000;
    this.#query = `data/bots?join_at_from=${iso(from)}&join_at_until=${iso(until)}${this.#filter === "upcoming" ? "" : `&state=${this.#filter}`}`;
    const limit = Math.min(Math.max(pageSize, this.#rows.size), maxReread);
    const page = await this.#ask(`${this.#query}&limit=${limit}`);
    if (page) {
      this.#show(page.bots);
      this.#end(page.next_cursor);
    }
  }

  async #readMore() {
    const page = await this.#ask(`${this.#query}&limit=${pageSize}&cursor=${encodeURIComponent(this.#cursor)}`);
    if (page) {
      const first = page.bots.find((bot) => !this.#rows.has(bot.id));
      page.bots.forEach((bot) => this.#put(bot));
      $("rows").append(...page.bots.map((bot) => this.#rows.get(bot.id).element));
      this.#end(page.next_cursor);
      this.#rows.get(first?.id)?.button.focus();
    }
  }

  /** The answer of the last question; one that was overtaken by another is dropped. */
  async #ask(path) {
    const question = ++this.#reading;
    try {
      const page = await get(path);
      return question === this.#reading ? page : null;
    } catch (refusal) {
      this.onProblem(refusal.message);
      return null;
    }
  }

  #show(bots) {
    const kept = new Set(bots.map((bot) => bot.id));
    for (const [id, row] of this.#rows) {
      if (!kept.has(id)) {
        row.element.remove();
        this.#rows.delete(id);
      }
    }
    const place = $("rows");
    bots.forEach((bot, index) => {
      const element = this.#put(bot).element;
      // Moving an element takes the focus from it, so what is in its place already stays there.
      if (place.children[index] !== element) {
        place.insertBefore(element, place.children[index] ?? null);
      }
    });
  }

  #put(bot) {
    const row = this.#rows.get(bot.id) ?? new Row(bot.id, this.onOpen);
    row.write(bot);
    this.#rows.set(bot.id, row);
    return row;
  }

  #end(cursor) {
    this.#cursor = cursor ?? null;
    $("foot").hidden = this.#cursor === null;
    $("empty").hidden = this.#rows.size > 0;
  }
}

class Row {
  #when = el("span", { className: "when" });
  #distance = el("span", { className: "distance" });
  #name = el("span", { className: "name" });
  #host = el("span", { className: "host" });
  #state = el("span", { className: "state" });
  #note = el("span", { className: "note" });
  #key = "";

  constructor(id, onOpen) {
    this.button = el("button", { type: "button", className: "row", "data-bot": id },
      el("span", { className: "time" }, this.#when, this.#distance),
      el("span", { className: "who" }, this.#name, this.#host),
      el("span", { className: "what" }, this.#state, this.#note));
    this.button.addEventListener("click", () => onOpen(id));
    this.element = el("li", {}, this.button);
  }

  write(bot) {
    const key = JSON.stringify(bot);
    if (key === this.#key) {
      return;
    }
    const isNews = this.#key !== "" && this.bot.state !== bot.state;
    this.#key = key;
    this.bot = bot;
    this.joinAt = Date.parse(bot.join_at);
    say(this.#when, timeOf(this.joinAt));
    say(this.#name, bot.name);
    say(this.#host, bot.tenant ? `${bot.tenant} · ${bot.meeting_host}` : bot.meeting_host);
    if (this.#state.dataset.state !== bot.state) {
      this.#state.dataset.state = bot.state;
      this.#state.replaceChildren(badge(bot.state));
    }
    say(this.#note, bot.failure_reason ? reasonOf(bot.failure_reason) : bot.lateness_ms !== undefined ? `${lateness(bot.lateness_ms)} late` : bot.ad_hoc ? "ad hoc" : "");
    if (isNews) {
      this.button.classList.remove("news");
      void this.button.offsetWidth;
      this.button.classList.add("news");
    }
    this.tick();
  }

  tick() {
    say(this.#distance, fromNow(this.joinAt));
  }
}

const iso = (time) => encodeURIComponent(new Date(time).toISOString());
