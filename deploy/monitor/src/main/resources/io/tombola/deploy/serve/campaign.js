import { address, get } from "./api.js";
import { Rounds } from "./rounds.js";

const PAGE = 2000, MOST_EVENTS = 2000;
const nameOf = (line) => (line.replicate ?? 0) + "/" + line.sequence;
const key = ({ replicate, round, arm }) => [replicate, round, arm].join("/");

/** Tickets before what they are held against, as the server orders them. */
const ARMS = ["ticket", "reinit", "random", "shuffled", "same-sign", "one-shot", "continued", "order"];
export const kindOf = (arm) => arm.replace(/-\d+$/, "");
const inOrder = (a, b) => a.replicate - b.replicate || a.round - b.round ||
  ARMS.indexOf(kindOf(a.arm)) - ARMS.indexOf(kindOf(b.arm)) || a.arm.localeCompare(b.arm, "en", { numeric: true });

/** All that the page knows of a campaign: a snapshot, and what came after it. */
export class Campaign {
  #results = new Map(); #sorted = null;

  constructor(name, snapshot) {
    this.name = name;
    this.spec = snapshot.spec;
    this.status = snapshot.status;
    this.live = snapshot.live;
    this.position = snapshot.position;
    /** Ascending; the oldest are left to the server. */
    this.events = snapshot.events;
    this.rounds = new Rounds();
    snapshot.results.forEach((record) => this.#results.set(key(record), record));
    snapshot.events.forEach((line) => this.rounds.add(line));
  }

  static async load(name) {
    return new Campaign(name, await get(address(name)));
  }

  /** Rows by replicate, round and arm. */
  get results() { return (this.#sorted ??= [...this.#results.values()].sort(inOrder)); }

  /** Takes a new event in; whether it brings a result. */
  add(line) {
    this.events.push(line);
    if (this.events.length > MOST_EVENTS) this.events.shift();
    this.rounds.add(line);
    if (!line.record) return false;
    this.#results.set(key(line.record), line.record);
    this.#sorted = null;
    return true;
  }

  /** Reads what was before the snapshot's events, page by page, so that no fault is missing from the rounds. */
  async readHistory() {
    const known = new Set(this.events.map(nameOf)), end = this.position.split(".").map(Number);
    let at = "0", page;
    do {
      page = await get(address(this.name, "events") + "?after=" + at + "&limit=" + PAGE);
      // What is newer than the snapshot comes by itself.
      page.events.filter((line) => !known.has(nameOf(line)) && line.sequence <= end[line.replicate ?? 0]).forEach((line) => this.rounds.add(line));
      at = page.position;
    } while (page.events.length === PAGE);
  }

  /** The part that is done, from 0 to 1. */
  get fraction() {
    return this.live ? this.live.fraction : this.status.trials_ended / Math.max(1, this.status.trials);
  }
}
