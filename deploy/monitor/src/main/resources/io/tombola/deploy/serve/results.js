import { urlOf } from "./api.js";
import { byId, table } from "./elements.js";
import { count, percent, pm, whole } from "./words.js";

const number = (value, format) => (value == null ? "" : format(value));
const ended = (r) => [r.status, r.failed_iteration == null ? "" : "at " + whole(r.failed_iteration), r.failed_layer ? "in " + r.failed_layer : ""]
  .filter(Boolean).join(" ");
const COLUMNS = ["Trial", "Replicate", "Round", "Pm (%)", "Ended", "Early stop", "Accuracy at early stop (%)", "Final accuracy (%)"];

/** Shows one row for each ended trial. */
export function showResults({ name, results }) {
  const rows = results.map((r) => [r.arm, String(r.replicate), String(r.round), pm(r.remaining_percent), ended(r),
    number(r.early_stop_iteration, whole), number(r.early_stop_test_accuracy_percent, percent), number(r.final_test_accuracy_percent, percent)]);
  const columns = COLUMNS.map((text, i) => ({ text, number: ![0, 4].includes(i) }));
  byId("no-rows").hidden = rows.length > 0;
  byId("rows").hidden = !rows.length;
  byId("rows").replaceChildren(table(count(rows.length, "trial") + " ended", columns, rows));
  const files = { csv: urlOf(name, "results") + "?format=csv", json: urlOf(name, "results") };
  Object.entries(files).forEach(([format, href]) => Object.assign(byId(format), { href, download: name + "." + format }));
}
