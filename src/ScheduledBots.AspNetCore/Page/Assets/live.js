// The stream of what happens. The browser opens it again where it breaks; where the server refuses it, this does, more slowly.

const again = 5000;

export class Live {
  #source = null;
  #timer = null;
  #range = "";

  /** @param handlers overview(object), changes(object) and state("live" | "connecting" | "refused") */
  constructor(handlers) {
    this.handlers = handlers;
  }

  open(range) {
    this.close();
    this.#range = range;
    this.handlers.state("connecting");
    const source = new EventSource(`data/events?range=${encodeURIComponent(range)}`);
    this.#source = source;
    source.addEventListener("overview", (event) => {
      this.handlers.state("live");
      this.handlers.overview(JSON.parse(event.data));
    });
    source.addEventListener("changes", (event) => this.handlers.changes(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        this.handlers.state("refused");
        this.#timer = setTimeout(() => this.open(this.#range), again);
      } else {
        this.handlers.state("connecting");
      }
    });
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
