import { urlOf } from "./api.js";

const INITIAL_BACKOFF_MILLIS = 500, MAX_BACKOFF_MILLIS = 5000;

/** The index of an event's log in a position: 0 is the campaign's own log, n that of replicate n. */
const logOf = (line) => line.replicate ?? 0;

/**
 * Streams the events of a campaign from a position. After a broken connection it reconnects with a backoff and resumes
 * from the last event: none is lost and none is duplicated. The browser itself does not reconnect after every error.
 */
export class Stream {
  #campaign; #position; #handlers; #source; #timer; #backoff = INITIAL_BACKOFF_MILLIS;

  /** handlers: {event(line), status(status), live(live), reset(), open(), broken()}. */
  constructor(campaign, position, handlers) {
    this.#campaign = campaign;
    this.#position = position;
    this.#handlers = handlers;
    this.#open();
  }

  get position() { return this.#position; }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
  }

  /** Reconnects without waiting for the backoff. */
  reconnectNow() {
    if (this.#source.readyState === EventSource.CLOSED) this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    const source = new EventSource(urlOf(this.#campaign, "stream") + "?after=" + this.#position);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#backoff = INITIAL_BACKOFF_MILLIS;
      this.#handlers.open();
    });
    source.addEventListener("event", (message) => this.#handle(message));
    source.addEventListener("status", ({ data }) => this.#handlers.status(JSON.parse(data)));
    source.addEventListener("live", ({ data }) => this.#handlers.live(JSON.parse(data)));
    source.addEventListener("reset", () => this.#handlers.reset());
    source.addEventListener("error", () => this.#reconnect());
  }

  #handle({ data, lastEventId }) {
    const line = JSON.parse(data);
    const known = Number(this.#position.split(".")[logOf(line)]);
    if (lastEventId) this.#position = lastEventId;
    if (line.sequence > known) this.#handlers.event(line);
  }

  #reconnect() {
    this.#source.close();
    this.#handlers.broken();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), this.#backoff);
    this.#backoff = Math.min(2 * this.#backoff, MAX_BACKOFF_MILLIS);
  }
}
