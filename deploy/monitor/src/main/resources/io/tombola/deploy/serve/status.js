import { byId, element, say, withCode } from "./elements.js";
import { count, duration, moment, shellWord } from "./words.js";

const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** How much is done, and how long the rest takes or the whole took. */
function numbers({ status, live, fraction }) {
  const parts = [Math.floor(100 * fraction) + " %", status.trials_ended + " of " + count(status.trials, "trial")];
  if (status.state === "running" && live?.eta_seconds != null) parts.push("about " + duration(live.eta_seconds) + " to go");
  if (status.finished_at) parts.push("took " + duration(seconds(status.started_at, status.finished_at)));
  else parts.push("started " + moment(status.started_at));
  if (status.process) parts.push("process " + status.process.pid + " on " + status.process.host);
  return parts.join(" · ");
}

function recipe({ spec }) {
  const { training, pruning } = spec;
  return [spec.network + " on " + spec.dataset.name, count(training.iterations, "iteration") + " of " + count(training.batchSize, "example"),
    count(pruning.rounds, "round") + ", " + pruning.schedule.toLowerCase().replace("_", "-"), count(spec.replicates, "replicate"), "seed " + spec.seed].join(" · ");
}

/** What keeps a campaign from going on, and the command that changes that. */
function hindrance({ name, status }, store) {
  const run = "`tombola run " + shellWord(name) + " --store " + shellWord(store) + "`";
  const failures = status.replicates.flatMap((r) => r.failures.map((why) => "Replicate " + r.replicate + ", " + why));
  switch (status.state) {
    case "interrupted": return ["Nobody works on it. It goes on from its checkpoints with " + run];
    case "paused": return status.process
      ? ["Paused: its process keeps every checkpoint and waits to be resumed."]
      : ["Paused, and its process is gone. Resume it, then start it with " + run];
    case "cancelled": return ["Cancelled. What has a result stays. To go on after all, resume it, then start it with " + run];
    case "failed": return ["It ended with replicates that were given up.", ...failures];
    default: return failures;
  }
}

/** The head of the page: what the campaign is, and how far. */
export function showStatus(campaign, store) {
  const { status } = campaign;
  say(byId("name"), campaign.name);
  say(byId("state"), status.state);
  byId("state").dataset.state = status.state;
  say(byId("recipe"), recipe(campaign));
  byId("progress").value = campaign.fraction;
  say(byId("numbers"), numbers(campaign));
  const lines = hindrance(campaign, store), notice = byId("notice");
  notice.hidden = !lines.length;
  if (notice.dataset.text !== lines.join("\n")) notice.replaceChildren(...lines.map((line) => element("p", {}, ...withCode(line))));
  notice.dataset.text = lines.join("\n");
}
