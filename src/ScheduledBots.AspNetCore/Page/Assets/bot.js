// One bot in a dialog: what it is, why it is where it is, what happened to it, and the two changes.

import { $, badge, el, fromNow, lateness, now, reasonOf, say, throttle, timeOf } from "./dom.js";
import { get, post } from "./api.js";

/** Instants in a sentence of the server. */
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;

export class BotDialog {
  #id = null;
  #bot = null;

  /** @param onChanged called with a sentence after a change */
  constructor(onChanged) {
    this.onChanged = onChanged;
    this.reread = throttle(500, () => this.#read());
    const dialog = $("bot");
    $("bot-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => (this.#id = null));
    $("reschedule").addEventListener("submit", (event) => this.#reschedule(event));
    document.querySelectorAll("#reschedule [data-minutes]").forEach((chip) =>
      chip.addEventListener("click", () => this.#moveBy(Number(chip.dataset.minutes))));
    $("cancel").addEventListener("click", () => this.#ask(true));
    $("confirm-no").addEventListener("click", () => this.#ask(false));
    $("confirm-yes").addEventListener("click", () => this.#cancel());
    say($("zone"), `(${Intl.DateTimeFormat().resolvedOptions().timeZone})`);
  }

  async open(id) {
    this.#id = id;
    this.#bot = null;
    $("bot-history").replaceChildren();
    $("bot-facts").replaceChildren();
    $("bot-state").replaceChildren();
    ["bot-name", "bot-explanation"].forEach((part) => say($(part), "…"));
    $("bot-actions").hidden = $("bot-fixed").hidden = true;
    this.#problem(null);
    this.#ask(false);
    if (!$("bot").open) {
      $("bot").showModal();
    }
    await this.#read();
  }

  /** Takes in what the stream told. */
  change(told) {
    if (this.#id && (told.has_more || told.bots.some((bot) => bot.id === this.#id))) {
      this.reread();
    }
  }

  async #read() {
    const id = this.#id;
    if (!id) {
      return;
    }
    try {
      const detail = await get(`data/bots/${encodeURIComponent(id)}`);
      if (id === this.#id) {
        this.#show(detail);
      }
    } catch (refusal) {
      this.#problem(refusal.message);
    }
  }

  #show({ bot, explanation, history }) {
    const isFirst = this.#bot === null;
    const hasMoved = this.#bot?.join_at !== bot.join_at;
    this.#bot = bot;
    say($("bot-name"), bot.name);
    $("bot-state").replaceChildren(badge(bot.state), ` ${timeOf(Date.parse(bot.join_at))}, ${fromNow(Date.parse(bot.join_at))}`);
    say($("bot-explanation"), explanation.replace(instants, (instant) => timeOf(Date.parse(instant))));
    $("bot-facts").replaceChildren(...facts(bot).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
    $("bot-actions").hidden = bot.state !== "scheduled";
    $("bot-fixed").hidden = bot.state === "scheduled";
    say($("bot-fixed"), `It is ${bot.state}: only a scheduled bot can be moved or cancelled.`);
    if (isFirst || hasMoved) {
      $("join-at").value = local(Date.parse(bot.join_at));
    }
    $("bot-history").replaceChildren(
      line(bot.created_at, bot.ad_hoc ? "requested, to join at once" : "scheduled"), ...history.map((one) => line(one.at, happened(one))));
  }

  #moveBy(minutes) {
    const chosen = Date.parse($("join-at").value);
    $("join-at").value = local((Number.isNaN(chosen) ? now() : chosen) + minutes * 60000);
  }

  async #reschedule(event) {
    event.preventDefault();
    const time = Date.parse($("join-at").value);
    await this.#change("reschedule", { join_at: new Date(time).toISOString() }, () => `${this.#bot.name} now joins at ${timeOf(time)}.`);
  }

  async #cancel() {
    await this.#change("cancel", {}, () => `${this.#bot.name} is cancelled.`);
    this.#ask(false);
  }

  async #change(verb, body, words) {
    const id = this.#id;
    this.#problem(null);
    this.#busy(true);
    try {
      await post(`data/bots/${encodeURIComponent(id)}/${verb}`, body);
      this.onChanged(words());
      await this.#read();
    } catch (refusal) {
      this.#problem(refusal.message);
      await this.#read();
    } finally {
      this.#busy(false);
    }
  }

  #ask(isAsked) {
    $("confirm").hidden = !isAsked;
    $("reschedule").hidden = isAsked;
    if (isAsked) {
      $("confirm-no").focus();
    } else if ($("bot").open && !$("bot-actions").hidden) {
      $("cancel").focus();
    }
  }

  #busy(isBusy) {
    $("bot-actions").querySelectorAll("button").forEach((button) => (button.disabled = isBusy));
  }

  #problem(sentence) {
    $("bot-problem").hidden = sentence === null;
    say($("bot-problem"), sentence ?? "");
  }
}

function facts(bot) {
  return [
    ["Meeting", bot.meeting_host],
    ["Tenant", bot.tenant],
    ["Joins at", timeOf(Date.parse(bot.join_at))],
    ["Joiner called", bot.started_at && timeOf(Date.parse(bot.started_at))],
    ["Lateness", bot.lateness_ms !== undefined && lateness(bot.lateness_ms)],
    ["Settled", bot.settled_at && timeOf(Date.parse(bot.settled_at))],
    ["Reason", bot.failure_reason && reasonOf(bot.failure_reason)],
    ["Attempts", bot.attempt > 0 && String(bot.attempt)],
    ["Node", bot.node],
    ["Id", bot.id],
  ].filter(([, value]) => value);
}

function happened({ from_state: from, to_state: to, attempt, failure_reason: reason }) {
  const words = from === to ? `stays ${to}: changed, handed over or tried again` : `${from} → ${to}`;
  return [words, attempt > 0 && `attempt ${attempt}`, reason && reasonOf(reason)].filter(Boolean).join(", ");
}

function line(at, words) {
  return el("li", {}, el("time", { dateTime: at }, timeOf(Date.parse(at))), el("span", {}, words));
}

/** An instant as the input wants it: the local time, without a zone. */
function local(time) {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}
