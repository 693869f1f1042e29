import { byId, element, setText } from "./elements.js";
import { count, duration, percent, whole } from "./words.js";

const IDLE = { running: "Waiting for the first heartbeat of the process.", paused: "Paused: no training." };

const kinds = (retries) => Object.entries(retries).map(([kind, n]) => n + " " + kind.toLowerCase().replaceAll("_", " ")).join(", ");

/** Counters of the running process. */
function processMetrics({ trials_waiting: waiting, retries, trainers_ended: ended, publishing }) {
  const retried = Object.values(retries).reduce((a, b) => a + b, 0);
  return [waiting ? count(waiting, "trial") + " waiting for a device" : "",
    retried ? count(retried, "step") + " retried (" + kinds(retries) + ")" : "",
    ended ? "trainer processes that exited unexpectedly: " + ended : "",
    publishing?.pending ? count(publishing.pending, "unpublished result") + ", publish lag " + duration(publishing.lag_seconds) : ""].filter(Boolean).join(" · ");
}

const trialOf = ({ trial }) => {
  const [, replicate, round, arm] = trial.split("/");
  return "replicate " + replicate + " · round " + round + " · " + arm;
};

const progressOf = (training) => [whole(training.iteration) + " of " + whole(training.iterations),
  training.iterations_per_second == null ? "" : whole(training.iterations_per_second) + " it/s",
  training.validation_accuracy_percent == null ? "" : "validation " + percent(training.validation_accuracy_percent) + " %"].filter(Boolean).join(" · ");

/** The devices of the running process. List items are reused, so that focus and selection survive updates. */
export class Devices {
  #list = element("ul", { class: "devices" }); #none = element("p", { class: "empty" });
  #metrics = element("p", { class: "note", id: "process-metrics" }); #utilisation = element("p", { class: "note" });

  constructor() {
    byId("devices").append(this.#list, this.#none, this.#metrics, this.#utilisation);
  }

  show({ live, status }) {
    const slots = live?.slots ?? [];
    while (this.#list.children.length > slots.length) this.#list.lastElementChild.remove();
    while (this.#list.children.length < slots.length) this.#list.append(this.#item());
    slots.forEach((slot, i) => this.#update(this.#list.children[i], slot));
    this.#note(this.#none, slots.length ? "" : IDLE[status.state] ?? "Not running.");
    this.#note(this.#metrics, live?.vitals ? processMetrics(live.vitals) : "");
    const utilisation = status.devices.map((slot) => slot.device + " " + slot.utilisation_percent.toFixed(1) + " %").join(", ");
    this.#note(this.#utilisation, utilisation && "Device utilisation: " + utilisation);
  }

  #note(place, text) {
    setText(place, text);
    place.hidden = !text;
  }

  #item = () => element("li", {}, ...["device", "trial", "rate"].map((name) => element("span", { class: name })), element("progress", { max: 1 }));

  #update(item, { device, training }) {
    const [name, trial, rate, progress] = item.children;
    setText(name, device);
    setText(trial, training ? trialOf(training) : "idle");
    trial.classList.toggle("idle", !training);
    setText(rate, training ? progressOf(training) : "");
    rate.hidden = progress.hidden = !training;
    progress.value = training ? training.iteration / training.iterations : 0;
    progress.setAttribute("aria-label", "Progress on " + device);
  }
}
