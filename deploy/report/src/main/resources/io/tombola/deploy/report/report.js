"use strict";
/** Draws the numbers in the element report-data. */
(() => {
  const { choices, figure } = Figures;
  const { ofArms, MEASURES } = Ladder;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  window.addEventListener("error", (event) => {
    root.dataset.state = "failed";
    byId("trouble").hidden = false;
    byId("trouble").textContent = "The plots could not be drawn (" + event.message + "); the tables hold the same numbers.";
  });

  const data = JSON.parse(byId("report-data").textContent);

  // Figures 1 to 3: a measure against Pm.

  const shown = new Set(data.arms.map(({ arm }) => arm));
  if (data.rounds.length) {
    const ladders = [];
    if (data.arms.length > 2) {
      byId("arms").append(choices("Arms", data.arms.map(({ arm, label }) => ({ label, checked: true,
        apply: (on) => (on ? shown.add(arm) : shown.delete(arm)) })), () => ladders.forEach((f) => f.draw())));
    }
    Object.entries(MEASURES).forEach(([id, what]) => ladders.push(figure("fig-" + id, () => ofArms(data, shown, what))));
  }

  // Figures 4 and 5: learning curves.

  byId("learning").hidden = !Curves.has(data);
  byId("no-curves").hidden = Curves.has(data);
  if (Curves.has(data)) Curves.panel(byId("choice")).update(data);
  Analysis.draw(data);

  root.dataset.state = "drawn";
})();
