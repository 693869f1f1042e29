import { get, urlOf } from "./api.js";
import { Rounds } from "./rounds.js";

const PAGE_SIZE = 2000, MAX_EVENTS = 2000;
const idOf = (line) => (line.replicate ?? 0) + "/" + line.sequence;
const key = ({ replicate, round, arm }) => [replicate, round, arm].join("/");

/** Tickets first, then their controls, in the server's order. */
const ARMS = ["ticket", "reinit", "random", "shuffled", "same-sign", "one-shot", "continued", "order"];
export const kindOf = (arm) => arm.replace(/-\d+$/, "");
const byTrial = (a, b) => a.replicate - b.replicate || a.round - b.round ||
  ARMS.indexOf(kindOf(a.arm)) - ARMS.indexOf(kindOf(b.arm)) || a.arm.localeCompare(b.arm, "en", { numeric: true });

/** The page's state of a campaign: a snapshot and the events after it. */
export class Campaign {
  #results = new Map(); #sorted = null;

  constructor(name, snapshot) {
    this.name = name;
    this.spec = snapshot.spec;
    this.status = snapshot.status;
    this.live = snapshot.live;
    this.position = snapshot.position;
    /** Oldest first; only the newest MAX_EVENTS are kept. */
    this.events = snapshot.events;
    this.rounds = new Rounds();
    snapshot.results.forEach((record) => this.#results.set(key(record), record));
    snapshot.events.forEach((line) => this.rounds.add(line));
  }

  static async load(name) {
    return new Campaign(name, await get(urlOf(name)));
  }

  /** The results, ordered by replicate, round and arm. */
  get results() { return (this.#sorted ??= [...this.#results.values()].sort(byTrial)); }

  /** Adds an event; returns whether it contains a result. */
  add(line) {
    this.events.push(line);
    if (this.events.length > MAX_EVENTS) this.events.shift();
    this.rounds.add(line);
    if (!line.record) return false;
    this.#results.set(key(line.record), line.record);
    this.#sorted = null;
    return true;
  }

  /** Reads the events before the snapshot's, page by page, so that the rounds show all failures. */
  async readHistory() {
    const known = new Set(this.events.map(idOf)), end = this.position.split(".").map(Number);
    let at = "0", page;
    do {
      page = await get(urlOf(this.name, "events") + "?after=" + at + "&limit=" + PAGE_SIZE);
      // Events after the snapshot arrive through the stream.
      page.events.filter((line) => !known.has(idOf(line)) && line.sequence <= end[line.replicate ?? 0]).forEach((line) => this.rounds.add(line));
      at = page.position;
    } while (page.events.length === PAGE_SIZE);
  }

  /** The completed part, from 0 to 1. */
  get fraction() {
    return this.live ? this.live.fraction : this.status.trials_ended / Math.max(1, this.status.trials);
  }
}
