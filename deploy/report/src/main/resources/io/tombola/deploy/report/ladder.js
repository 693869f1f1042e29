"use strict";
/** Charts of a measure against the weights that remain. */
const Ladder = (() => {
  const { color } = Figures;
  const ARMS = {
    ticket: { dash: [], marker: "circle" },
    reinit: { dash: [8, 4], marker: "square" },
    random: { dash: [2, 3], marker: "triangle" },
    shuffled: { dash: [6, 3, 2, 3], marker: "cross" },
    "same-sign": { dash: [4, 4], marker: "ring" },
    "one-shot": { dash: [12, 4, 2, 4], marker: "diamond" },
    continued: { dash: [10, 3, 3, 3, 3, 3], marker: "plus" },
  };
  const whole = (value) => Math.round(value).toLocaleString("en-US");
  const percent = (value) => value.toFixed(2) + " %";
  const pmText = (pm) => (pm === 100 ? "100" : pm.toFixed(pm < 10 ? 2 : 1));

  /** Lines over rising Pm, drawn with fewer weights to the right. */
  function againstPm(x, lines, title, format) {
    const lo = x[0] / 1.06, hi = x[x.length - 1] * 1.06;
    const splits = (u) => {
      const kept = [], gap = (46 / u.width) * Math.log(hi / lo);
      for (const pm of [...x].reverse()) {
        if (!kept.length || Math.log(kept[0] / pm) >= gap) kept.unshift(pm);
      }
      return kept;
    };
    return {
      x, lines, format, height: 340, title: (i) => "Pm " + pmText(x[i]) + " %",
      xScale: { distr: 3, dir: -1, range: () => [lo, hi] },
      xAxis: { label: "Weights remaining, Pm (%)", splits, filter: (u, s) => s, values: (u, s) => s.map(pmText) },
      yAxis: { label: title, ...(format === whole && { values: (u, s) => s.map(whole) }) },
    };
  }

  /** A line for each of the arms that are shown, with the dense network's level; data: {rounds, arms}. */
  function ofArms(data, shown, { measure, title, format }) {
    const rounds = [...data.rounds].reverse();
    const lines = data.arms.filter(({ arm }) => shown.has(arm)).map(({ arm, label, points }) => {
      const at = rounds.map((r) => points.find((p) => p.round === r.round));
      const part = (key) => at.map((p) => (p ? p[measure][key] : null));
      return { arm, label, color: color(arm), ...ARMS[arm], every: 1, offset: 0, mean: part("mean"), min: part("min"), max: part("max") };
    });
    const dense = data.arms[0]?.points.find((p) => p.round === 0);
    if (dense) {
      const level = (key) => rounds.map(() => dense[measure][key]);
      lines.unshift({ label: "dense network", color: color("dense"), dash: [12, 5], mean: level("mean"), min: level("min"), max: level("max") });
    }
    return againstPm(rounds.map((r) => r.remainingPercent), lines, title, format);
  }

  const MEASURES = {
    accuracy: { measure: "earlyStopTestAccuracyPercent", title: "Test accuracy at early stop (%)", format: percent },
    iteration: { measure: "earlyStopIteration", title: "Early-stop iteration", format: whole },
    final: { measure: "finalTestAccuracyPercent", title: "Final test accuracy (%)", format: percent },
  };

  return { againstPm, ofArms, pmText, whole, percent, ARMS, MEASURES };
})();
