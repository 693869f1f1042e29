import { byId, element, withCode } from "./elements.js";
import { localTime, shellQuoted } from "./words.js";

/** The link to a campaign within the page. */
export const linkTo = (name) => "#/campaigns/" + encodeURIComponent(name);

function row(status) {
  const progress = status.trials_ended / Math.max(1, status.trials);
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: linkTo(status.campaign) }, status.campaign)),
    element("td", {}, element("span", { class: "state", "data-state": status.state }, status.state)),
    element("td", { class: "bar" }, element("progress", { max: 1, value: progress, "aria-label": "Trials of " + status.campaign + " that have ended" })),
    element("td", { class: "number" }, status.trials_ended + " of " + status.trials),
    element("td", { class: "number" }, String(status.replicates.length)),
    element("td", {}, localTime(status.started_at)),
    element("td", {}, status.finished_at ? localTime(status.finished_at) : ""));
}

/** Shows the campaigns of a store, newest first. */
export function showList({ store, campaigns }) {
  const place = byId("campaign-list"), shown = JSON.stringify([store, campaigns]);
  // Redrawing would lose keyboard focus.
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const head = ["Campaign", "State", "Progress", "Trials", "Replicates", "Started", "Ended"].map((text) =>
    element("th", { scope: "col", class: ["Trials", "Replicates"].includes(text) ? "number" : null }, text));
  const hint = "No campaign yet. Start one with `tombola run --store " + shellQuoted(store) + "`; it appears here automatically.";
  place.replaceChildren(campaigns.length
    ? element("div", { class: "scroll" }, element("table", { class: "campaigns" },
      element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...[...campaigns].reverse().map(row))))
    : element("p", { class: "empty large" }, ...withCode(hint)));
}
