import { byId, element } from "./elements.js";
import { localTime } from "./words.js";

const MAX_ITEMS = 400;
const FAILURES = ["CampaignResumed", "CheckpointDropped", "TrialFailed", "ReplicateAbandoned"];
const CHECKPOINT = "CheckpointSaved";

/** The log of recent events, newest first. */
export class Log {
  #list = byId("events"); #campaign;

  constructor() {
    byId("checkpoints").addEventListener("change", () => this.show(this.#campaign));
  }

  show(campaign) {
    this.#campaign = campaign;
    const lines = campaign.events.filter((line) => this.#isShown(line)).slice(-MAX_ITEMS).reverse();
    this.#list.replaceChildren(...lines.map((line) => this.#item(line)));
  }

  /** Adds an event at the top. */
  add(line) {
    if (!this.#isShown(line)) return;
    this.#list.prepend(this.#item(line));
    while (this.#list.children.length > MAX_ITEMS) this.#list.lastElementChild.remove();
  }

  #isShown(line) { return byId("checkpoints").checked || line.kind !== CHECKPOINT; }

  #item(line) {
    const source = line.replicate == null ? "" : "replicate " + line.replicate + ": ";
    return element("li", { "data-event": (line.replicate ?? "campaign") + "/" + line.sequence, class: FAILURES.includes(line.kind) ? "failure" : null },
      element("time", { datetime: line.at }, localTime(line.at)), element("span", {}, source + line.text));
  }
}
