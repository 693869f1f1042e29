/* global Figures, Ladder, Curves */
import { ApiError, get, urlOf } from "./api.js";
import { kindOf } from "./campaign.js";
import { byId, element, setText, table, withCode } from "./elements.js";

const HEIGHT = 280, COLUMNS = 11, MIN_INTERVAL_MILLIS = 3000;
const RESULT_FIELDS = { accuracy: "early_stop_test_accuracy_percent", iteration: "early_stop_iteration" };
const EMPTY = { finding: [], rounds: [], arms: [], curves: [] };

/** The server's means, plus rounds and arms that are newer than them. */
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

/** A figure's numbers as a table, at no more x values than are readable. */
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

/** The plots: single results at once, the server's means and curves a few seconds later. */
export class Plots {
  #campaign; #figures = EMPTY; #ladders; #curves; #hiddenArms = new Set(); #offered; #timer; #requestedAt = 0; #specs = new Map();

  constructor() {
    this.#curves = Curves.panel(byId("choice"), (specs) => Object.entries(specs).forEach(([id, build]) => this.#keep(id, build())));
    document.querySelectorAll("figure details").forEach((details) =>
      details.addEventListener("toggle", () => this.#fill(details.closest("figure").id)));
  }

  show(campaign) {
    this.#campaign = campaign;
    this.#figures = EMPTY;
    this.#hiddenArms.clear();
    this.#curves.forget();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setFigures(EMPTY);
    this.refresh();
  }

  /** Draws the current data. */
  draw() {
    const results = this.#campaign.results.filter((r) => r.status === "ok");
    byId("no-results").hidden = results.length > 0;
    byId("ladders").hidden = !results.length;
    byId("ladders").dataset.points = results.filter((r) => kindOf(r.arm) !== "order").length;
    if (!results.length) return;
    this.#offerArms(merged(this.#figures, results));
    if (this.#ladders) this.#ladders.forEach((figure) => figure.draw());
    else this.#ladders = Object.keys(RESULT_FIELDS).map((id) => Figures.figure("fig-" + id, () => this.#ladder(id)));
  }

  /** Requests means and curves: immediately, or rate-limited. */
  refresh(immediately = false) {
    if (this.#timer && !immediately) return;
    clearTimeout(this.#timer);
    const wait = immediately ? 0 : Math.max(0, this.#requestedAt + MIN_INTERVAL_MILLIS - Date.now());
    const campaign = this.#campaign;
    this.#timer = setTimeout(async () => {
      this.#timer = undefined;
      this.#requestedAt = Date.now();
      try {
        const figures = await get(urlOf(campaign.name, "figures"));
        if (campaign === this.#campaign) this.#setFigures(figures);
      } catch (error) {
        // The figures stay; main.js reports connection problems.
        if (!(error instanceof ApiError || error instanceof TypeError)) throw error;
        if (campaign !== this.#campaign) return;
        if (error instanceof ApiError) byId("finding").replaceChildren(element("p", { class: "empty" }, "No means and curves: " + error.message));
        this.refresh();
      }
    }, wait);
  }

  #setFigures(figures) {
    this.#figures = figures;
    this.#showFinding();
    this.draw();
    byId("learning").hidden = !Curves.has(figures);
    byId("no-curves").hidden = Curves.has(figures);
    if (Curves.has(figures)) this.#curves.update(figures);
  }

  #showFinding() {
    setText(byId("finding-title"), this.#campaign.status.finished_at ? "Finding" : "Finding so far");
    const [first, ...rest] = this.#figures.finding;
    byId("finding").replaceChildren(
      element("p", { class: "lead" }, ...withCode(first ?? "Nothing to compare yet.")), ...rest.map((line) => element("p", {}, line)));
  }

  #ladder(id) {
    const results = this.#campaign.results.filter((r) => r.status === "ok");
    const data = merged(this.#figures, results), rounds = [...data.rounds].reverse();
    const spec = Ladder.ofArms(data, this.#shownOf(data), Ladder.MEASURES[id]);
    spec.lines.filter((line) => line.arm).forEach((line) => {
      line.each = rounds.map(({ round }) => results.filter((r) => r.round === round && kindOf(r.arm) === line.arm).map((r) => r[RESULT_FIELDS[id]]));
    });
    const made = { ...spec, height: HEIGHT };
    this.#keep("fig-" + id, made);
    return made;
  }

  #shownOf = (data) => new Set(data.arms.map(({ arm }) => arm).filter((arm) => !this.#hiddenArms.has(arm)));

  /** Check boxes for the arms, if there are three or more. */
  #offerArms({ arms }) {
    byId("arms").hidden = arms.length < 3;
    const offered = JSON.stringify(arms.map(({ arm, label }) => [arm, label]));
    if (offered === this.#offered) return;
    this.#offered = offered;
    byId("arms").replaceChildren(Figures.choices("Arms", arms.map(({ arm, label }) => ({ label, checked: !this.#hiddenArms.has(arm),
      apply: (on) => (on ? this.#hiddenArms.delete(arm) : this.#hiddenArms.add(arm)) })), () => this.#ladders.forEach((figure) => figure.draw())));
  }

  #keep(id, spec) {
    this.#specs.set(id, spec);
    this.#fill(id);
  }

  /** Fills a figure's table while it is open. */
  #fill(id) {
    const details = byId(id).querySelector("details");
    if (details.open && this.#specs.has(id)) {
      details.querySelector(".scroll").replaceChildren(numbers(this.#specs.get(id)));
    }
  }
}
