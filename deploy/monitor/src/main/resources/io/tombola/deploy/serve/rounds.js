/** What happened in each round of each replicate, told by events that may come in any order. */

const ENDS = ["TrialEvaluated", "TrialFailed"];
const keyOf = (replicate, round) => replicate + "/" + round;

/** A trial: when it began and ended, and what befell it in between. */
class Trial {
  constructor(arm) {
    this.arm = arm;
    this.lines = [];
    this.dropped = 0;
    this.began = this.ended = this.failed = null;
  }

  add(line) {
    const at = Date.parse(line.at);
    if (line.kind === "TrialPrepared") this.began = this.began === null ? at : Math.min(this.began, at);
    if (line.kind === "CheckpointDropped") this.dropped++;
    if (line.kind === "TrialFailed") this.failed = line.text;
    if (ENDS.includes(line.kind)) this.ended = at;
    if (line.kind !== "CheckpointSaved") this.lines.push(line);
    else this.saved = !this.saved || this.saved.sequence < line.sequence ? line : this.saved;
  }

  /** How often a later process took it up, of those that came at these times. */
  resumedAt(times) {
    return this.began === null ? 0 : times.filter((at) => at > this.began && (this.ended === null || at < this.ended)).length;
  }
}

/** A round of a replicate. */
class Cell {
  #trials = new Map();

  add(line) {
    if (!this.#trials.has(line.arm)) this.#trials.set(line.arm, new Trial(line.arm));
    this.#trials.get(line.arm).add(line);
  }

  get trials() { return [...this.#trials.values()]; }

  /** Its events without all but the newest checkpoint of a trial, as they happened. */
  get story() {
    return this.trials.flatMap((t) => [...t.lines, ...(t.saved && t.ended === null ? [t.saved] : [])])
      .sort((a, b) => a.at.localeCompare(b.at) || a.sequence - b.sequence);
  }
}

const NONE = Object.freeze({ trials: [], story: [] });

export class Rounds {
  #cells = new Map(); #resumes = [];

  add(line) {
    if (line.kind === "CampaignResumed") this.#resumes.push(Date.parse(line.at));
    if (line.round == null || line.arm == null) return;
    const key = keyOf(line.replicate, line.round);
    if (!this.#cells.has(key)) this.#cells.set(key, new Cell());
    this.#cells.get(key).add(line);
  }

  cell(replicate, round) { return this.#cells.get(keyOf(replicate, round)) || NONE; }

  /** What a round survived, or did not. */
  faults(replicate, round) {
    const { trials } = this.cell(replicate, round);
    const sum = (of) => trials.reduce((n, trial) => n + of(trial), 0);
    return {
      resumed: trials.reduce((n, trial) => Math.max(n, trial.resumedAt(this.#resumes)), 0),
      dropped: sum((trial) => trial.dropped),
      failed: sum((trial) => (trial.failed ? 1 : 0)),
    };
  }
}
