// The timeline: bars that were counted on the server. The elements stay; only what changed of them is written.

import { $, clock, count, el, now, say, states, timeOf } from "./dom.js";

const minutesBetweenTicks = { "15m": 3, "1h": 10, "6h": 60, "24h": 240 };

export class Timeline {
  #bars = [];
  #view = null;
  #picked = null;
  #focused = 0;
  #axisKey = "";

  /** @param onPick called with { from, until } in milliseconds, or null */
  constructor(onPick) {
    this.onPick = onPick;
    $("bars").addEventListener("keydown", (event) => this.#move(event));
    $("bars").addEventListener("click", (event) => this.#pickAt(this.#bars.indexOf(event.target.closest("button"))));
    $("bars").addEventListener("focusin", (event) => this.#focus(this.#bars.indexOf(event.target)));
  }

  show(view, range) {
    this.#view = { from: Date.parse(view.from), width: view.bar_seconds * 1000, bars: view.bars };
    this.#make(view.bars.length);
    const tallest = Math.max(4, ...view.bars.map(sum));
    say($("scale-max"), count(tallest));
    say($("scale-mid"), count(Math.round(tallest / 2)));
    view.bars.forEach((bar, index) => this.#draw(index, bar, tallest));
    this.#drawAxis(range);
    this.#drawHerds(view.herds);
    this.tick();
  }

  /** Moves the line of now. */
  tick() {
    if (this.#view) {
      const { from, width, bars } = this.#view;
      $("now-line").style.setProperty("--at", `${((now() - from) / (width * bars.length)) * 100}%`);
    }
  }

  unpick() {
    this.#picked = null;
    this.#bars.forEach((bar) => bar.setAttribute("aria-pressed", "false"));
  }

  #make(length) {
    if (this.#bars.length === length) {
      return;
    }
    this.#bars = Array.from({ length }, (_, index) =>
      el("button", { type: "button", className: "bar", tabIndex: -1, "aria-pressed": "false" },
        ...states.map((state) => el("span", { "data-state": state }))));
    $("bars").replaceChildren(...this.#bars);
    // The tab key comes to the bar of now, which is where one wants to begin.
    this.#focus(Math.floor(length / 7));
  }

  #draw(index, bar, tallest) {
    const element = this.#bars[index];
    const from = this.#view.from + index * this.#view.width;
    const key = `${from}:${bar.join()}:${tallest}`;
    if (element.drawn === key) {
      return;
    }
    element.drawn = key;
    states.forEach((_, state) => {
      element.children[state].style.setProperty("--part", bar[state] / tallest);
      element.children[state].hidden = bar[state] === 0;
    });
    const words = states.filter((_, state) => bar[state] > 0).map((state) => `${count(bar[states.indexOf(state)])} ${state}`);
    const label = `${timeOf(from, true)} to ${timeOf(from + this.#view.width, true)}: ${words.join(", ") || "no bots"}`;
    element.setAttribute("aria-label", label);
    element.title = label;
    element.setAttribute("aria-pressed", String(this.#picked === from));
  }

  #drawAxis(range) {
    const { from, width, bars } = this.#view;
    const key = `${from}:${width}`;
    if (key === this.#axisKey) {
      return;
    }
    this.#axisKey = key;
    const step = minutesBetweenTicks[range] * 60000;
    const zone = new Date(from).getTimezoneOffset() * 60000;
    const ticks = [];
    const end = from + width * bars.length;
    for (let time = Math.ceil((from - zone) / step) * step + zone; time < end; time += step) {
      const tick = el("span", {}, clock(time).slice(0, 5));
      tick.style.setProperty("--at", `${((time - from) / (end - from)) * 100}%`);
      ticks.push(tick);
    }
    $("axis").replaceChildren(...ticks);
  }

  #drawHerds(herds) {
    const key = JSON.stringify(herds);
    const place = $("herds");
    place.hidden = herds.length === 0;
    if (place.drawn === key) {
      return;
    }
    place.drawn = key;
    const chips = herds.map((herd) => {
      const time = Date.parse(herd.join_at);
      const chip = el("button", { type: "button", className: "chip" }, el("strong", {}, count(herd.count)), ` at ${timeOf(time)}`);
      chip.addEventListener("click", () => this.#pickAt(Math.floor((time - this.#view.from) / this.#view.width)));
      return chip;
    });
    place.replaceChildren(el("span", { className: "hint" }, herds.length > 1 ? "Herds" : "Herd"), ...chips);
  }

  #move(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, PageUp: -10, PageDown: 10, Home: -this.#bars.length, End: this.#bars.length };
    if (event.key in steps) {
      event.preventDefault();
      const index = Math.min(Math.max(this.#focused + steps[event.key], 0), this.#bars.length - 1);
      this.#bars[index].focus();
    }
  }

  #focus(index) {
    if (index < 0) {
      return;
    }
    this.#bars[this.#focused]?.setAttribute("tabindex", "-1");
    this.#focused = index;
    this.#bars[index]?.setAttribute("tabindex", "0");
  }

  #pickAt(index) {
    if (index < 0 || index >= this.#bars.length) {
      return;
    }
    const from = this.#view.from + index * this.#view.width;
    const isPicked = this.#picked === from;
    this.unpick();
    this.#focus(index);
    if (isPicked) {
      this.onPick(null);
      return;
    }
    this.#picked = from;
    this.#bars[index].setAttribute("aria-pressed", "true");
    this.onPick({ from, until: from + this.#view.width });
  }
}

const sum = (bar) => bar.reduce((total, part) => total + part, 0);
