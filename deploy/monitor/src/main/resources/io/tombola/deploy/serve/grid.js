import { byId, element } from "./elements.js";
import { count, localTime, percent, pm } from "./words.js";

const MARKS = {
  resumed: { sign: "↻", text: (n) => "resumed " + (n === 1 ? "once" : n + " times") },
  dropped: { sign: "⚠", text: (n) => count(n, "damaged checkpoint") + " dropped" },
  failed: { sign: "✗", text: (n) => count(n, "trial") + " without a result" },
};
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** A grid of rounds (columns) and replicates (rows): progress, ticket accuracy and incidents. */
export class Grid {
  #campaign; #drawn = ""; #at = [0, 0]; #chosen = false;

  show(campaign) {
    this.#campaign = campaign;
    const rows = campaign.status.replicates.map((replicate) => this.#row(replicate));
    const state = JSON.stringify(rows);
    if (state !== this.#drawn) this.#draw(rows);
    this.#drawn = state;
    this.#showEvents();
  }

  #row(replicate) {
    const results = this.#campaign.results.filter((r) => r.replicate === replicate.replicate);
    const { rounds, trials, trials_ended } = replicate;
    return {
      replicate: replicate.replicate, rounds, trials, trials_ended,
      cells: Array.from({ length: replicate.rounds }, (none, round) => this.#cell(replicate, round, results)),
    };
  }

  #cell({ replicate, state }, round, results) {
    const own = results.filter((r) => r.round === round), ticket = own.find((r) => r.arm === "ticket");
    const trials = this.#campaign.rounds.cell(replicate, round).trials;
    const started = new Set([...trials.map((t) => t.arm), ...own.map((r) => r.arm)]);
    const idle = started.size === 0 ? (state === "abandoned" ? "abandoned" : "waiting") : null;
    return {
      remaining: own[0]?.remaining_percent ?? null,
      accuracy: ticket?.early_stop_test_accuracy_percent ?? null,
      arms: [...started].map((arm) => ({ arm, state: own.find((r) => r.arm === arm)?.status ?? "training" })),
      state: idle ?? (own.length < started.size ? "training" : "done"),
      incidents: this.#campaign.rounds.incidents(replicate, round),
    };
  }

  #draw(rows) {
    const rounds = Math.max(0, ...rows.map((row) => row.rounds));
    const remaining = (round) => rows.map((row) => row.cells[round]?.remaining).find((value) => value != null);
    const head = element("tr", {}, element("th", { scope: "col" }, "Replicate"),
      ...Array.from({ length: rounds }, (none, round) => element("th", { scope: "col" }, String(round),
        element("span", { class: "pm" }, remaining(round) == null ? "" : pm(remaining(round)) + " %"))));
    const body = rows.map((row, r) => element("tr", {},
      element("th", { scope: "row" }, String(row.replicate), element("span", { class: "pm" }, row.trials_ended + "/" + row.trials)),
      ...row.cells.map((cell, c) => this.#drawCell(cell, r, c, row.replicate))));
    const focused = byId("rounds").contains(document.activeElement);
    const grid = element("table", { role: "grid", class: "rounds", "aria-labelledby": "rounds-title", "aria-describedby": "rounds-key",
      onkeydown: (event) => this.#move(event) }, element("thead", {}, head), element("tbody", {}, ...body));
    byId("rounds").replaceChildren(element("div", { class: "scroll" }, grid), this.#legend(rows));
    if (focused) this.#td(this.#at)?.focus();
  }

  #drawCell(cell, r, c, replicate) {
    const marks = Object.entries(cell.incidents).filter(([, n]) => n > 0);
    const arms = cell.arms.map(({ arm, state }) => element("span", { class: "arm", "data-state": state, title: arm }));
    const label = ["replicate " + replicate + ", round " + c, cell.state,
      cell.accuracy == null ? "" : "ticket " + percent(cell.accuracy) + " %",
      cell.arms.length ? cell.arms.filter(({ state }) => state !== "training").length + " of " + cell.arms.length + " started trials ended" : "",
      ...marks.map(([kind, n]) => MARKS[kind].text(n))].filter(Boolean).join(", ");
    return element("td", { role: "gridcell", "data-state": cell.state, "data-incidents": marks.map(([kind]) => kind).join(" ") || null,
      tabindex: r === this.#at[0] && c === this.#at[1] ? "0" : "-1", onfocus: () => this.#choose(r, c),
      onclick: (event) => event.currentTarget.focus() },
      element("span", { class: "unseen" }, label),
      element("span", { class: "value", "aria-hidden": "true" }, cell.accuracy == null ? (cell.state === "training" ? "…" : "") : percent(cell.accuracy)),
      element("span", { class: "marks", "aria-hidden": "true" }, ...arms,
        ...marks.map(([kind, n]) => element("span", { class: "fault " + kind }, MARKS[kind].sign + (n > 1 ? n : "")))));
  }

  /** The legend. */
  #legend(rows) {
    const seen = Object.keys(MARKS).filter((kind) => rows.some((row) => row.cells.some((cell) => cell.incidents[kind])));
    const signs = { resumed: "resumed by a later process", dropped: "damaged checkpoint dropped, training restarted", failed: "trial without a result" };
    return element("p", { class: "note", id: "rounds-key" },
      "A cell shows the ticket's test accuracy at early stop (%) and a square for each trial: filled if it has ended, half-filled if it is training.",
      ...seen.map((kind) => element("span", { class: "sign" }, " ", element("span", { class: "fault " + kind }, MARKS[kind].sign), " " + signs[kind] + ".")));
  }

  #td([r, c]) { return byId("rounds").querySelector("tbody")?.rows[r]?.cells[c + 1]; }

  #move(event) {
    const step = MOVES[event.key], ends = { Home: 0, End: Infinity }[event.key];
    if (!step && ends === undefined) return;
    event.preventDefault();
    const [r, c] = this.#at, rows = this.#campaign.status.replicates;
    const row = Math.min(rows.length - 1, Math.max(0, r + (step ? step[0] : 0)));
    const column = Math.min(rows[row].rounds - 1, Math.max(0, step ? c + step[1] : ends));
    this.#td([row, column])?.focus();
  }

  #choose(r, c) {
    const before = this.#td(this.#at);
    if (before) before.tabIndex = -1;
    this.#at = [r, c];
    this.#td(this.#at).tabIndex = 0;
    this.#chosen = true;
    this.#showEvents();
  }

  /** Shows the events of the chosen round. */
  #showEvents() {
    const place = byId("cell-events"), replicate = this.#campaign.status.replicates[this.#at[0]];
    if (!this.#chosen || !replicate) return place.replaceChildren();
    const events = this.#campaign.rounds.cell(replicate.replicate, this.#at[1]).events;
    const title = "Replicate " + replicate.replicate + ", round " + this.#at[1];
    const lines = events.map((line) => element("li", {}, element("time", { datetime: line.at }, localTime(line.at)), " ", line.text));
    const made = [element("h3", {}, title), lines.length ? element("ol", {}, ...lines) : element("p", { class: "empty" }, "Not started.")];
    if (made.map((e) => e.textContent).join() !== [...place.children].map((e) => e.textContent).join()) place.replaceChildren(...made);
  }

  /** Clears the state before another campaign is shown. */
  reset() {
    this.#drawn = "";
    this.#at = [0, 0];
    this.#chosen = false;
    byId("cell-events").replaceChildren();
  }
}
