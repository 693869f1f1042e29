import { address } from "./api.js";

const FIRST_WAIT_MILLIS = 500, LONGEST_WAIT_MILLIS = 5000;

/** The place of a log in a position: the campaign's own first, then its replicates. */
const placeOf = (line) => line.replicate ?? 0;

/**
 * The events of a campaign from a position on. It goes on by itself after a break, from the last event it passed on: none
 * is missed and none comes twice. The browser would go on by itself too, but not from every kind of break.
 */
export class Stream {
  #campaign; #position; #heard; #source; #timer; #wait = FIRST_WAIT_MILLIS;

  /** heard: {event(line), status(status), live(live), reset(), open(), broken()}. */
  constructor(campaign, position, heard) {
    this.#campaign = campaign;
    this.#position = position;
    this.#heard = heard;
    this.#open();
  }

  get position() { return this.#position; }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
  }

  /** Does not wait any longer. */
  hurry() {
    if (this.#source.readyState === EventSource.CLOSED) this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    const source = new EventSource(address(this.#campaign, "stream") + "?after=" + this.#position);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#wait = FIRST_WAIT_MILLIS;
      this.#heard.open();
    });
    source.addEventListener("event", (message) => this.#pass(message));
    source.addEventListener("status", ({ data }) => this.#heard.status(JSON.parse(data)));
    source.addEventListener("live", ({ data }) => this.#heard.live(JSON.parse(data)));
    source.addEventListener("reset", () => this.#heard.reset());
    source.addEventListener("error", () => this.#again());
  }

  #pass({ data, lastEventId }) {
    const line = JSON.parse(data);
    const known = Number(this.#position.split(".")[placeOf(line)]);
    if (lastEventId) this.#position = lastEventId;
    if (line.sequence > known) this.#heard.event(line);
  }

  #again() {
    this.#source.close();
    this.#heard.broken();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MILLIS);
  }
}
