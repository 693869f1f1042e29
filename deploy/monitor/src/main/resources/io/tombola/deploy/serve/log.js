import { byId, element } from "./elements.js";
import { moment } from "./words.js";

const MOST = 400;
const FAULTS = ["CampaignResumed", "CheckpointDropped", "TrialFailed", "ReplicateAbandoned"];
const QUIET = "CheckpointSaved";

/** The newest events, the newest first. */
export class Log {
  #list = byId("events"); #campaign;

  constructor() {
    byId("checkpoints").addEventListener("change", () => this.show(this.#campaign));
  }

  show(campaign) {
    this.#campaign = campaign;
    const lines = campaign.events.filter((line) => this.#wanted(line)).slice(-MOST).reverse();
    this.#list.replaceChildren(...lines.map((line) => this.#item(line)));
  }

  /** Puts a new event on top. */
  add(line) {
    if (!this.#wanted(line)) return;
    this.#list.prepend(this.#item(line));
    while (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
  }

  #wanted(line) { return byId("checkpoints").checked || line.kind !== QUIET; }

  #item(line) {
    const whose = line.replicate == null ? "" : "replicate " + line.replicate + ": ";
    return element("li", { "data-event": (line.replicate ?? "campaign") + "/" + line.sequence, class: FAULTS.includes(line.kind) ? "faulty" : null },
      element("time", { datetime: line.at }, moment(line.at)), element("span", {}, whose + line.text));
  }
}
