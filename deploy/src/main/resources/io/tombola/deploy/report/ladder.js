"use strict";
/** Charts of a measure against the weights that remain. */
const Ladder = (() => {
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

  return { againstPm, pmText, whole, percent };
})();
