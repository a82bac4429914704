// The schedule page. Data flows one way: the stream tells an overview, which the timeline and the panels show, and changes, which the list and the
// dialog take in. Only the list and the dialog ask questions of their own; only the dialog changes anything.

import { $, clock, now, say, setClock, timeOf } from "./dom.js";
import { open } from "./api.js";
import { Live } from "./live.js";
import { Timeline } from "./timeline.js";
import { BotList } from "./list.js";
import { BotDialog } from "./bot.js";
import { showFailures, showLateness, showNext, showNodes, showTiles } from "./panels.js";

let range = "1h";
let overview = null;
let isClockSet = false;

const dialog = new BotDialog(toast);
const list = new BotList((id) => dialog.open(id), toast);
const timeline = new Timeline((picked) => list.pick(picked));
const live = new Live({
  state: showState,
  overview(told) {
    overview = told;
    setClock(told.now);
    timeline.show(told.timeline, range);
    showTiles(told, range);
    showLateness(told.lateness);
    showFailures(told, range, (id) => dialog.open(id));
    showNodes(told);
    notice(told.stale_since ? `The database does not answer; what you see is of ${timeOf(Date.parse(told.stale_since))}.`
      : told.is_cut ? "There are more bots than this page counts; choose a shorter range." : null);
    if (!isClockSet) {
      // A list from now on needs to know what time it is here.
      isClockSet = true;
      list.look(range);
    }
  },
  changes(told) {
    list.change(told);
    dialog.change(told);
  },
});

const stateWords = { live: "Live", connecting: "Connecting", refused: "Not connected", paused: "Paused" };

function showState(state) {
  if ($("live").dataset.state !== state) {
    $("live").dataset.state = state;
    say($("live-text"), stateWords[state]);
    if (state === "live" && isClockSet) {
      // What happened while nobody listened was told to nobody.
      list.reread();
    }
  }
}

function notice(sentence) {
  $("notice").hidden = !sentence;
  say($("notice"), sentence ?? "");
}

let toastTimer = null;

function toast(sentence) {
  say($("toast"), sentence);
  $("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("shown"), 5000);
}

$("ranges").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && button.dataset.range !== range) {
    range = button.dataset.range;
    for (const other of $("ranges").children) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    overview = null;
    timeline.unpick();
    list.look(range);
    live.open(range);
  }
});

$("unpick").addEventListener("click", () => {
  timeline.unpick();
  list.pick(null);
});

// A browser has few connections to one server: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    live.close();
    showState("paused");
  } else {
    live.open(range);
  }
});

function tick() {
  say($("clock"), clock(now()));
  timeline.tick();
  list.tick();
  if (overview) {
    showNext(overview);
  }
}

setInterval(tick, 1000);
tick();
live.open(range);
open()
  .then((session) => say($("scheduler"), session.scheduler))
  .catch((refusal) => toast(refusal.message));
