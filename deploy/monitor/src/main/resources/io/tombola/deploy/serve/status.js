import { byId, element, setText, withCode } from "./elements.js";
import { count, duration, localTime, shellQuoted } from "./words.js";

const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** Progress, remaining time or duration, and the process. */
function progressText({ status, live, fraction }) {
  const parts = [Math.floor(100 * fraction) + " %", status.trials_ended + " of " + count(status.trials, "trial")];
  if (status.state === "running" && live?.eta_seconds != null) parts.push("ETA " + duration(live.eta_seconds));
  if (status.finished_at) parts.push("took " + duration(seconds(status.started_at, status.finished_at)));
  else parts.push("started " + localTime(status.started_at));
  if (status.process) parts.push("process " + status.process.pid + " on " + status.process.host);
  return parts.join(" · ");
}

function specText({ spec }) {
  const { training, pruning } = spec;
  return [spec.network + " on " + spec.dataset.name, count(training.iterations, "iteration") + " of " + count(training.batchSize, "example"),
    count(pruning.rounds, "round") + ", " + pruning.schedule.toLowerCase().replace("_", "-"), count(spec.replicates, "replicate"), "seed " + spec.seed].join(" · ");
}

/** Why a campaign makes no progress, and the command that resumes it. */
function notices({ name, status }, store) {
  const run = "`tombola run " + shellQuoted(name) + " --store " + shellQuoted(store) + "`";
  const failures = status.replicates.flatMap((r) => r.failures.map((why) => "Replicate " + r.replicate + ", " + why));
  switch (status.state) {
    case "interrupted": return ["Not running. Resume it from its checkpoints with: " + run];
    case "paused": return status.process
      ? ["Paused: the process has saved checkpoints and waits for a resume."]
      : ["Paused, and not running. Resume it, then run it with: " + run];
    case "cancelled": return ["Cancelled. Results are kept. To continue, resume it, then run it with: " + run];
    case "failed": return ["Some replicates failed.", ...failures];
    default: return failures;
  }
}

/** Shows the page header: the campaign, its state and progress. */
export function showStatus(campaign, store) {
  const { status } = campaign;
  setText(byId("name"), campaign.name);
  setText(byId("state"), status.state);
  byId("state").dataset.state = status.state;
  setText(byId("recipe"), specText(campaign));
  byId("progress").value = campaign.fraction;
  setText(byId("numbers"), progressText(campaign));
  const lines = notices(campaign, store), notice = byId("notice");
  notice.hidden = !lines.length;
  if (notice.dataset.text !== lines.join("\n")) notice.replaceChildren(...lines.map((line) => element("p", {}, ...withCode(line))));
  notice.dataset.text = lines.join("\n");
}
