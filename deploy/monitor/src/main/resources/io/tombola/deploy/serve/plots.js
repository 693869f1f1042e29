/* global Figures, Ladder, Curves */
import { address, get, Refusal } from "./api.js";
import { kindOf } from "./campaign.js";
import { byId, element, say, table, withCode } from "./elements.js";

const HEIGHT = 280, COLUMNS = 11, REST_MILLIS = 3000;
const OWN = { accuracy: "early_stop_test_accuracy_percent", iteration: "early_stop_iteration" };
const EMPTY = { finding: [], rounds: [], arms: [], curves: [] };

/** The means of the server, with the rounds and arms that it has not averaged yet. */
function merged(figures, results) {
  const seen = results.filter((r) => r.status === "ok" && kindOf(r.arm) !== "order");
  const rounds = new Map(seen.map((r) => [r.round, { round: r.round, remainingPercent: r.remaining_percent }]));
  figures.rounds.forEach((r) => rounds.set(r.round, r));
  const known = figures.arms.map(({ arm }) => arm);
  const more = [...new Set(seen.map((r) => kindOf(r.arm)))].filter((arm) => !known.includes(arm));
  return {
    rounds: [...rounds.values()].sort((a, b) => b.remainingPercent - a.remainingPercent),
    arms: [...figures.arms, ...more.map((arm) => ({ arm, label: arm, points: [] }))],
  };
}

/** A figure's numbers, at as many places of x as can be read. */
function numbers(spec) {
  const step = (spec.x.length - 1) / (COLUMNS - 1);
  const shown = spec.x.length <= COLUMNS ? spec.x.map((none, i) => i) : Array.from({ length: COLUMNS }, (none, k) => Math.round(k * step));
  const bare = (value) => spec.format(value).replace(" %", "");
  const cell = (line, i) => {
    if (line.mean[i] == null) return line.each?.[i]?.map(bare).join(", ") || "";
    return bare(line.mean[i]) + (line.min && line.max[i] > line.min[i] ? " (" + bare(line.min[i]) + " to " + bare(line.max[i]) + ")" : "");
  };
  const at = spec.xScale?.dir === -1 ? shown.reverse() : shown;
  return table(spec.yAxis.label + ": mean (minimum to maximum)", [{ text: spec.xAxis.label }, ...spec.lines.map((line) => ({ text: line.label, number: true }))],
    at.map((i) => [spec.title(i), ...spec.lines.map((line) => cell(line, i))]));
}

/** The plots, fed by results as they come and by the server's means a little later. */
export class Plots {
  #campaign; #figures = EMPTY; #ladders; #curves; #left = new Set(); #offered; #due; #asked = 0; #specs = new Map();

  constructor() {
    this.#curves = Curves.panel(byId("choice"), (specs) => Object.entries(specs).forEach(([id, build]) => this.#keep(id, build())));
    document.querySelectorAll("figure details").forEach((details) =>
      details.addEventListener("toggle", () => this.#fill(details.closest("figure").id)));
  }

  show(campaign) {
    this.#campaign = campaign;
    this.#figures = EMPTY;
    this.#left.clear();
    this.#curves.forget();
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#take(EMPTY);
    this.refresh();
  }

  /** Draws what is there, at once. */
  draw() {
    const results = this.#campaign.results.filter((r) => r.status === "ok");
    byId("no-results").hidden = results.length > 0;
    byId("ladders").hidden = !results.length;
    byId("ladders").dataset.points = results.filter((r) => kindOf(r.arm) !== "order").length;
    if (!results.length) return;
    this.#offerArms(merged(this.#figures, results));
    if (this.#ladders) this.#ladders.forEach((figure) => figure.draw());
    else this.#ladders = Object.keys(OWN).map((id) => Figures.figure("fig-" + id, () => this.#ladder(id)));
  }

  /** Asks for means and curves: at once, or soon but never too often. */
  refresh(atOnce = false) {
    if (this.#due && !atOnce) return;
    clearTimeout(this.#due);
    const wait = atOnce ? 0 : Math.max(0, this.#asked + REST_MILLIS - Date.now());
    const campaign = this.#campaign;
    this.#due = setTimeout(async () => {
      this.#due = undefined;
      this.#asked = Date.now();
      try {
        const figures = await get(address(campaign.name, "figures"));
        if (campaign === this.#campaign) this.#take(figures);
      } catch (trouble) {
        // What is drawn stays; that a server is away the page says elsewhere.
        if (!(trouble instanceof Refusal || trouble instanceof TypeError)) throw trouble;
        if (campaign !== this.#campaign) return;
        if (trouble instanceof Refusal) byId("finding").replaceChildren(element("p", { class: "empty" }, "No means and curves: " + trouble.message));
        this.refresh();
      }
    }, wait);
  }

  #take(figures) {
    this.#figures = figures;
    this.#tellFinding();
    this.draw();
    byId("learning").hidden = !Curves.has(figures);
    byId("no-curves").hidden = Curves.has(figures);
    if (Curves.has(figures)) this.#curves.update(figures);
  }

  #tellFinding() {
    say(byId("finding-title"), this.#campaign.status.finished_at ? "Finding" : "Finding so far");
    const [first, ...rest] = this.#figures.finding;
    byId("finding").replaceChildren(
      element("p", { class: "lead" }, ...withCode(first ?? "Nothing to compare yet.")), ...rest.map((line) => element("p", {}, line)));
  }

  #ladder(id) {
    const results = this.#campaign.results.filter((r) => r.status === "ok");
    const data = merged(this.#figures, results), rounds = [...data.rounds].reverse();
    const spec = Ladder.ofArms(data, this.#shownOf(data), Ladder.MEASURES[id]);
    spec.lines.filter((line) => line.arm).forEach((line) => {
      line.each = rounds.map(({ round }) => results.filter((r) => r.round === round && kindOf(r.arm) === line.arm).map((r) => r[OWN[id]]));
    });
    const made = { ...spec, height: HEIGHT };
    this.#keep("fig-" + id, made);
    return made;
  }

  #shownOf = (data) => new Set(data.arms.map(({ arm }) => arm).filter((arm) => !this.#left.has(arm)));

  /** Boxes for the arms, if there are so many that somebody may want fewer. */
  #offerArms({ arms }) {
    byId("arms").hidden = arms.length < 3;
    const offered = JSON.stringify(arms.map(({ arm, label }) => [arm, label]));
    if (offered === this.#offered) return;
    this.#offered = offered;
    byId("arms").replaceChildren(Figures.choices("Arms", arms.map(({ arm, label }) => ({ label, checked: !this.#left.has(arm),
      apply: (on) => (on ? this.#left.delete(arm) : this.#left.add(arm)) })), () => this.#ladders.forEach((figure) => figure.draw())));
  }

  #keep(id, spec) {
    this.#specs.set(id, spec);
    this.#fill(id);
  }

  /** A figure's table, while somebody reads it. */
  #fill(id) {
    const details = byId(id).querySelector("details");
    if (details.open && this.#specs.has(id)) {
      details.querySelector(".scroll").replaceChildren(numbers(this.#specs.get(id)));
    }
  }
}
