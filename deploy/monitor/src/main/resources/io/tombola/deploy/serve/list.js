import { byId, element, withCode } from "./elements.js";
import { moment, shellWord } from "./words.js";

/** The address of a campaign within the page. */
export const way = (name) => "#/campaigns/" + encodeURIComponent(name);

function row(status) {
  const share = status.trials_ended / Math.max(1, status.trials);
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: way(status.campaign) }, status.campaign)),
    element("td", {}, element("span", { class: "state", "data-state": status.state }, status.state)),
    element("td", { class: "bar" }, element("progress", { max: 1, value: share, "aria-label": "Trials of " + status.campaign + " that have ended" })),
    element("td", { class: "number" }, status.trials_ended + " of " + status.trials),
    element("td", { class: "number" }, String(status.replicates.length)),
    element("td", {}, moment(status.started_at)),
    element("td", {}, status.finished_at ? moment(status.finished_at) : ""));
}

/** The campaigns of a store, the newest first. */
export function showList({ store, campaigns }) {
  const place = byId("campaign-list"), shown = JSON.stringify([store, campaigns]);
  // Whoever is at a link stays there.
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const head = ["Campaign", "State", "Progress", "Trials", "Replicates", "Started", "Ended"].map((text) =>
    element("th", { scope: "col", class: ["Trials", "Replicates"].includes(text) ? "number" : null }, text));
  const begin = "No campaign yet. Start one with `tombola run --store " + shellWord(store) + "`; it appears here by itself.";
  place.replaceChildren(campaigns.length
    ? element("div", { class: "scroll" }, element("table", { class: "campaigns" },
      element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...[...campaigns].reverse().map(row))))
    : element("p", { class: "empty large" }, ...withCode(begin)));
}
