/** The events of each round of each replicate; they may be added in any order. */

const ENDS = ["TrialEvaluated", "TrialFailed"];
const keyOf = (replicate, round) => replicate + "/" + round;

/** A trial: when it started and ended, and its events. */
class Trial {
  constructor(arm) {
    this.arm = arm;
    this.lines = [];
    this.dropped = 0;
    this.started = this.ended = this.failed = null;
  }

  add(line) {
    const at = Date.parse(line.at);
    if (line.kind === "TrialPrepared") this.started = this.started === null ? at : Math.min(this.started, at);
    if (line.kind === "CheckpointDropped") this.dropped++;
    if (line.kind === "TrialFailed") this.failed = line.text;
    if (ENDS.includes(line.kind)) this.ended = at;
    if (line.kind !== "CheckpointSaved") this.lines.push(line);
    else this.saved = !this.saved || this.saved.sequence < line.sequence ? line : this.saved;
  }

  /** How many of the restarts at these times resumed the trial. */
  countResumes(times) {
    return this.started === null ? 0 : times.filter((at) => at > this.started && (this.ended === null || at < this.ended)).length;
  }
}

/** One round of one replicate. */
class Cell {
  #trials = new Map();

  add(line) {
    if (!this.#trials.has(line.arm)) this.#trials.set(line.arm, new Trial(line.arm));
    this.#trials.get(line.arm).add(line);
  }

  get trials() { return [...this.#trials.values()]; }

  /** Its events by time; of a trial's checkpoints only the newest, while it runs. */
  get events() {
    return this.trials.flatMap((t) => [...t.lines, ...(t.saved && t.ended === null ? [t.saved] : [])])
      .sort((a, b) => a.at.localeCompare(b.at) || a.sequence - b.sequence);
  }
}

const NONE = Object.freeze({ trials: [], events: [] });

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

  /** Restarts, dropped checkpoints and failed trials of a round. */
  incidents(replicate, round) {
    const { trials } = this.cell(replicate, round);
    const sum = (of) => trials.reduce((n, trial) => n + of(trial), 0);
    return {
      resumed: trials.reduce((n, trial) => Math.max(n, trial.countResumes(this.#resumes)), 0),
      dropped: sum((trial) => trial.dropped),
      failed: sum((trial) => (trial.failed ? 1 : 0)),
    };
  }
}
