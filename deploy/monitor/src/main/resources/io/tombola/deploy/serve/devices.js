import { byId, element, say } from "./elements.js";
import { count, duration, percent, whole } from "./words.js";

const IDLE = { running: "The process has not said yet what it does.", paused: "Nothing trains while it is paused." };

const kinds = (retries) => Object.entries(retries).map(([kind, n]) => n + " " + kind.toLowerCase().replaceAll("_", " ")).join(", ");

/** How the process at work fares, where it says so. */
function vitals({ trials_waiting: waiting, retries, trainers_ended: ended, publishing }) {
  const again = Object.values(retries).reduce((a, b) => a + b, 0);
  return [waiting ? count(waiting, "trial") + " waiting for a device" : "",
    again ? count(again, "step") + " done again (" + kinds(retries) + ")" : "",
    ended ? "trainer processes lost: " + ended : "",
    publishing?.pending ? count(publishing.pending, "result") + " not published for " + duration(publishing.lag_seconds) : ""].filter(Boolean).join(" · ");
}

const trialOf = ({ trial }) => {
  const [, replicate, round, arm] = trial.split("/");
  return "replicate " + replicate + " · round " + round + " · " + arm;
};

const paceOf = (training) => [whole(training.iteration) + " of " + whole(training.iterations),
  training.iterations_per_second == null ? "" : whole(training.iterations_per_second) + " it/s",
  training.validation_accuracy_percent == null ? "" : "validation " + percent(training.validation_accuracy_percent) + " %"].filter(Boolean).join(" · ");

/** Each device that works. Lines stay and their texts change, so that nobody who reads them loses the place. */
export class Devices {
  #list = element("ul", { class: "devices" }); #none = element("p", { class: "empty" });
  #vitals = element("p", { class: "note", id: "vitals" }); #busy = element("p", { class: "note" });

  constructor() {
    byId("devices").append(this.#list, this.#none, this.#vitals, this.#busy);
  }

  show({ live, status }) {
    const slots = live?.slots ?? [];
    while (this.#list.children.length > slots.length) this.#list.lastElementChild.remove();
    while (this.#list.children.length < slots.length) this.#list.append(this.#line());
    slots.forEach((slot, i) => this.#tell(this.#list.children[i], slot));
    this.#note(this.#none, slots.length ? "" : IDLE[status.state] ?? "Nothing is at work.");
    this.#note(this.#vitals, live?.vitals ? vitals(live.vitals) : "");
    const busy = status.devices.map((slot) => slot.device + " " + slot.utilisation_percent.toFixed(1) + " %").join(", ");
    this.#note(this.#busy, busy && "At work while trials could run: " + busy);
  }

  #note(place, text) {
    say(place, text);
    place.hidden = !text;
  }

  #line = () => element("li", {}, ...["device", "trial", "pace"].map((name) => element("span", { class: name })), element("progress", { max: 1 }));

  #tell(line, { device, training }) {
    const [name, trial, pace, progress] = line.children;
    say(name, device);
    say(trial, training ? trialOf(training) : "idle");
    trial.classList.toggle("idle", !training);
    say(pace, training ? paceOf(training) : "");
    pace.hidden = progress.hidden = !training;
    progress.value = training ? training.iteration / training.iterations : 0;
    progress.setAttribute("aria-label", "Progress on " + device);
  }
}
