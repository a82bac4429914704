// The figures beside the timeline: tiles, lateness, failures and nodes.

import { $, count, el, fromNow, lateness, now, reasonOf, say, span, states, timeOf } from "./dom.js";

const rangeWords = { "15m": "within 15 min", "1h": "within the hour", "6h": "within 6 hours", "24h": "within 24 hours" };
const pastWords = { "15m": "last hour", "1h": "last hour", "6h": "last hour", "24h": "last 4 hours" };

/** Writes children only where they are not the same as before: a list that is read or focused is not pulled away. */
function fill(place, key, children) {
  if (place.drawn !== key) {
    place.drawn = key;
    place.replaceChildren(...children());
  }
}

export function showTiles(overview, range) {
  states.forEach((state, index) => {
    const tile = $(`count-${state}`);
    if (tile) {
      say(tile, overview.is_loading ? "–" : count(overview.states[index]));
    }
  });
  say($("more-scheduled"), rangeWords[range]);
  say($("more-joined"), pastWords[range]);
  say($("more-failed"), pastWords[range]);
  $("tile-failed").classList.toggle("bad", overview.states[states.indexOf("failed")] > 0);
  showNext(overview);
}

/** The countdown; called every second as well. */
export function showNext(overview) {
  const next = overview?.next_join_at ? Date.parse(overview.next_join_at) : null;
  const isAhead = next !== null && next >= now();
  say($("next"), isAhead ? span(next - now()) : "–");
  say($("next-at"), isAhead ? `at ${timeOf(next)}` : overview?.is_loading ? "reading the schedule" : "nothing is planned");
}

export function showLateness(view) {
  say($("late-p50"), lateness(view.p50_ms));
  say($("late-p99"), lateness(view.p99_ms));
  say($("late-max"), lateness(view.max_ms));
  const most = Math.max(1, ...view.bins);
  fill($("bins"), JSON.stringify(view.bins), () => view.bins.map((bots, index) => {
    const bound = index < view.bounds_ms.length ? `≤ ${lateness(view.bounds_ms[index])}` : `> ${lateness(view.bounds_ms.at(-1))}`;
    const row = el("li", { "data-late": String(index >= 6) }, el("span", { className: "bound" }, bound), el("span", { className: "track" }, el("span")), el("span", { className: "bots" }, count(bots)));
    row.querySelector(".track > span").style.setProperty("--part", bots / most);
    return row;
  }));
}

/** @param onOpen called with the id of a bot */
export function showFailures(overview, range, onOpen) {
  say($("failures-hint"), pastWords[range]);
  fill($("reasons"), JSON.stringify(overview.reasons), () => overview.reasons.map((one) =>
    el("li", {}, el("strong", {}, count(one.count)), ` ${reasonOf(one.reason)}`)));
  fill($("failures"), JSON.stringify(overview.failures), () => overview.failures.length === 0
    ? [el("li", { className: "empty" }, overview.is_loading ? "…" : "None.")]
    : overview.failures.slice(0, 6).map((failure) => {
      const row = el("button", { type: "button", className: "row-failure" },
        el("span", { className: "name" }, failure.name ?? failure.id), el("span", { className: "when" }, timeOf(Date.parse(failure.settled_at ?? failure.join_at))));
      row.addEventListener("click", () => onOpen(failure.id));
      return el("li", {}, row);
    }));
}

export function showNodes(overview) {
  $("nodes-card").hidden = overview.nodes === undefined;
  const nodes = overview.nodes ?? [];
  const beating = nodes.filter((node) => node.beat !== undefined);
  say($("nodes-hint"), beating.length > 0 ? `${count(beating.filter((node) => node.status === "alive").length)} alive` : "");
  fill($("nodes"), JSON.stringify(nodes.map((node) => [node.id, node.name, node.status])), () => nodes.length === 0
    ? [el("li", { className: "empty" }, "No engine has work in this range, and none of this process beats: a store with a single engine needs no beats.")]
    : nodes.map((node) => el("li", { "data-status": node.status ?? "unknown" },
      el("span", { className: "dot", "aria-hidden": "true" }),
      el("span", { className: "name", title: node.id }, node.name || `engine …${node.id.slice(-8)}`),
      el("span", { className: "status" }, node.status ?? "working"),
      el("span", { className: "beat" }))));
  nodes.forEach((node, index) => {
    const beat = node.beat === undefined ? "" : `, beat ${count(node.beat)} ${fromNow(Math.min(Date.parse(node.seen_at), now()))}`;
    const place = $("nodes").children[index].querySelector(".beat");
    say(place, `${count(node.bots)} ${node.bots === 1 ? "bot" : "bots"}${beat}`);
  });
}
