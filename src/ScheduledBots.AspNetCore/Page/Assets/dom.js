// Elements, times and numbers. Text reaches the document as text only: nothing on this page writes HTML.

export const $ = (id) => document.getElementById(id);

/** Makes an element; `data-…` and `aria-…` go to attributes, the rest to properties, children are elements or texts. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children);
  return element;
}

/** Writes a text where it is not there already: what did not change is not laid out again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

// The scheduler's clock decides when bots join, so it is the clock of this page; the browser's own only carries it on.
let ahead = 0;

export function setClock(iso) {
  ahead = Date.parse(iso) - Date.now();
}

export const now = () => Date.now() + ahead;

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const minutes = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const seconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const whole = new Intl.NumberFormat();

export const count = (number) => whole.format(number);

export const clock = (time) => seconds.format(time);

/** A time of day as short as it may be; with its day where that is not today. */
export function timeOf(time, short = false) {
  const date = new Date(time);
  const text = short && date.getSeconds() === 0 && date.getMilliseconds() === 0 ? minutes.format(date) : seconds.format(date);
  return day.format(date) === day.format(now()) ? text : `${day.format(date)}, ${text}`;
}

/** 75 000 ms are "1 min 15 s"; two units at most. */
export function span(milliseconds) {
  const total = Math.max(0, Math.round(milliseconds / 1000));
  const [d, h, m, s] = [Math.floor(total / 86400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  const parts = [[d, "d"], [h, "h"], [m, "min"], [s, "s"]].filter(([value]) => value > 0).slice(0, 2);
  return parts.length === 0 ? "0 s" : parts.map(([value, unit]) => `${value} ${unit}`).join(" ");
}

export function fromNow(time) {
  const distance = time - now();
  return distance >= 0 ? `in ${span(distance)}` : `${span(-distance)} ago`;
}

/** Milliseconds as a person would say them. */
export function lateness(milliseconds) {
  if (milliseconds === undefined || milliseconds === null) {
    return "–";
  }
  if (milliseconds < 10) {
    return `${Number(milliseconds.toFixed(2))} ms`;
  }
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : milliseconds < 60000 ? `${(milliseconds / 1000).toFixed(1)} s` : span(milliseconds);
}

export const states = ["scheduled", "staged", "joining", "joined", "failed", "cancelled"];

const marks = { scheduled: "○", staged: "◐", joining: "◉", joined: "✓", failed: "✕", cancelled: "–" };

/** A state as a coloured word with a mark of its own: the colour is never alone. */
export function badge(state) {
  return el("span", { className: "badge", "data-state": state }, el("span", { "aria-hidden": "true" }, marks[state] ?? "?"), ` ${state}`);
}

const reasons = {
  missed: "missed: the grace ended before it could start",
  staging_failed: "its resources could not be allocated",
  join_failed: "the joiner could not get it in",
  join_timed_out: "the joiner did not return in time",
  aborted: "aborted by a caller",
  unknown: "an attempt may have begun, its outcome is lost",
  poisoned: "its owners died while they worked for it",
};

export const reasonOf = (reason) => reasons[reason] ?? String(reason).replaceAll("_", " ");

/** Calls something at once, and then at most once in so many milliseconds, for the last time after the last wish. */
export function throttle(milliseconds, call) {
  let timer = null;
  let again = false;
  return function wish() {
    if (timer !== null) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      if (again) {
        again = false;
        wish();
      }
    }, milliseconds);
    call();
  };
}
