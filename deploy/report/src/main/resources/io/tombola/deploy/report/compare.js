"use strict";
/** Draws campaigns in the same figures: colour and shape tell campaigns apart, dashes the arms. */
(() => {
  const { color, figure, SHAPES } = Figures;
  const { againstPm, whole, percent } = Ladder;
  const root = document.documentElement;
  window.addEventListener("error", (event) => {
    const trouble = document.getElementById("trouble");
    root.dataset.state = "failed";
    trouble.hidden = false;
    trouble.textContent = "The plots could not be drawn (" + event.message + "); the table holds the same numbers.";
  });

  const data = JSON.parse(document.getElementById("report-data").textContent);
  const cells = data.rounds.flatMap((level) => level.arms);
  const x = [...new Set(cells.map((c) => c.remaining_percent))].sort((a, b) => a - b);

  function lines(measure) {
    return data.campaigns.flatMap((campaign, i) => [["ticket", []], ["reinit", [8, 4]]].map(([arm, dash]) => {
      // The dense network is where the tickets start.
      const own = cells.filter((c) => c.campaign === campaign && (c.arm === arm || (arm === "ticket" && c.arm === "dense")));
      const part = (key) => x.map((pm) => own.find((c) => c.remaining_percent === pm)?.[measure][key] ?? null);
      return {
        label: campaign + " " + arm, color: color("c" + ((i + 1) % 8)), marker: SHAPES[i % SHAPES.length], dash,
        every: 1, offset: 0, spanGaps: true, mean: part("mean"), min: part("min"), max: part("max"),
      };
    })).filter((line) => line.mean.some((v) => v !== null));
  }

  if (x.length) {
    figure("fig-accuracy", () => againstPm(x, lines("early_stop_test_accuracy_percent"), "Test accuracy at early stop (%)", percent));
    figure("fig-iteration", () => againstPm(x, lines("early_stop_iteration"), "Early-stop iteration", whole));
  }
  root.dataset.state = "drawn";
})();
