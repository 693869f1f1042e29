"use strict";
/** Draws the numbers in the element report-data. */
(() => {
  const { color, figure, SHAPES } = Figures;
  const { againstPm, pmText, whole, percent } = Ladder;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  window.addEventListener("error", (event) => {
    root.dataset.state = "failed";
    byId("trouble").hidden = false;
    byId("trouble").textContent = "The plots could not be drawn (" + event.message + "); the tables hold the same numbers.";
  });

  const data = JSON.parse(byId("report-data").textContent);
  const ARMS = {
    ticket: { dash: [], marker: "circle" },
    reinit: { dash: [8, 4], marker: "square" },
    random: { dash: [2, 3], marker: "triangle" },
    shuffled: { dash: [6, 3, 2, 3], marker: "cross" },
    "same-sign": { dash: [4, 4], marker: "ring" },
    "one-shot": { dash: [12, 4, 2, 4], marker: "diamond" },
    continued: { dash: [10, 3, 3, 3, 3, 3], marker: "plus" },
  };
  const labels = new Map(data.arms.map(({ arm, label }) => [arm, label]));

  const nats = (value) => value.toFixed(4);

  // Figures 1 to 3: a measure against Pm.

  const onLadder = new Set(data.arms.map(({ arm }) => arm));

  function ladder(measure, title, format) {
    const rounds = [...data.rounds].reverse();
    const lines = data.arms.filter(({ arm }) => onLadder.has(arm)).map(({ arm, label, points }) => {
      const at = rounds.map((r) => points.find((p) => p.round === r.round));
      const part = (key) => at.map((p) => (p ? p[measure][key] : null));
      return { label, color: color(arm), ...ARMS[arm], every: 1, offset: 0, mean: part("mean"), min: part("min"), max: part("max") };
    });
    const dense = data.arms[0]?.points.find((p) => p.round === 0);
    if (dense) {
      const level = (key) => rounds.map(() => dense[measure][key]);
      lines.unshift({ label: "dense network", color: color("dense"), dash: [12, 5], mean: level("mean"), min: level("min"), max: level("max") });
    }
    return againstPm(rounds.map((r) => r.remainingPercent), lines, title, format);
  }

  // Figures 4 and 5: learning curves of the chosen rounds and arms.

  // Rounds hold their slot of colour and shape for as long as they are shown.
  const chosen = { rounds: new Map(), arms: new Set(), whole: false };

  function showRound(round) {
    const taken = [...chosen.rounds.values()];
    let slot = 0;
    while (taken.includes(slot)) slot++;
    if (!chosen.rounds.has(round)) chosen.rounds.set(round, slot);
  }

  function curves(x, measure, title, format) {
    const shown = data.curves.filter((c) => chosen.rounds.has(c.round) && (c.round === 0 || chosen.arms.has(c.arm)));
    const every = Math.max(1, Math.round(x.length / 7));
    const lines = shown.map((c, i) => {
      const k = chosen.rounds.get(c.round), pm = pmText(data.rounds.find((r) => r.round === c.round).remainingPercent);
      return {
        label: c.round === 0 ? pm + " % dense" : pm + " % " + labels.get(c.arm), color: color("c" + (k % 8)),
        dash: ARMS[c.arm].dash, marker: SHAPES[k % SHAPES.length], every, offset: Math.floor((i * every) / shown.length), ...c[measure],
      };
    });
    // The first steps would flatten everything after them: leave them out of the scale.
    const skip = Math.max(1, x.findIndex((i) => i >= 0.12 * x[x.length - 1]));
    const late = lines.flatMap((l) => [...l.min.slice(skip), ...l.max.slice(skip)]).filter((v) => v !== null);
    const lo = late.reduce((a, b) => Math.min(a, b), Infinity), hi = late.reduce((a, b) => Math.max(a, b), -Infinity);
    const pad = 0.06 * (hi - lo || 1), cut = !chosen.whole && late.length > 0;
    // uPlot smears bands along the edge where they run far outside: stop one point beyond it.
    const inside = (v) => v != null && v >= lo - pad && v <= hi + pad;
    if (cut) lines.forEach((l) => { l.shown = (i) => [i - 1, i, i + 1].some((j) => inside(l.mean[j])); });
    return {
      x, lines, format, height: 320, zoom: true, title: (i) => "Iteration " + whole(x[i]),
      xAxis: { label: "Training iterations", space: 64, values: (u, s) => s.map(whole) },
      yAxis: { label: title },
      yScale: cut ? { range: () => [lo - pad, hi + pad] } : {},
    };
  }

  function choices(legend, options, onChange) {
    const set = document.createElement("fieldset");
    set.append(Object.assign(document.createElement("legend"), { textContent: legend }));
    for (const { label, checked, apply } of options) {
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked });
      box.addEventListener("change", () => { apply(box.checked); onChange(); });
      const item = document.createElement("label");
      item.append(box, label);
      set.append(item);
    }
    return set;
  }

  function learning() {
    const withCurves = data.rounds.filter((r) => data.curves.some((c) => c.round === r.round));
    if (!withCurves.length) {
      byId("learning").hidden = true;
      byId("no-curves").hidden = false;
      return;
    }
    const nearest = (pm) => withCurves.reduce((a, b) =>
      Math.abs(Math.log(b.remainingPercent / pm)) < Math.abs(Math.log(a.remainingPercent / pm)) ? b : a);
    // Those of the paper's figure 3: dense, half, a fifth, and the fewest there are.
    for (const r of [withCurves[0], nearest(51.3), nearest(21.1), withCurves[withCurves.length - 1]]) showRound(r.round);
    const arms = [...new Set(data.curves.map((c) => c.arm))];
    arms.filter((arm) => ["ticket", "reinit"].includes(arm)).forEach((arm) => chosen.arms.add(arm));
    const redraw = () => drawn.forEach((f) => f.draw());
    byId("choice").append(
      choices("Pm (%)", withCurves.map((r) => ({
        label: pmText(r.remainingPercent), checked: chosen.rounds.has(r.round),
        apply: (on) => (on ? showRound(r.round) : chosen.rounds.delete(r.round)) })), redraw),
      choices("Arms", arms.map((arm) => ({ label: labels.get(arm), checked: chosen.arms.has(arm),
        apply: (on) => (on ? chosen.arms.add(arm) : chosen.arms.delete(arm)) })), redraw),
      choices("Scale", [{ label: "first steps too", checked: false, apply: (on) => { chosen.whole = on; } }], redraw));
    const drawn = [
      figure("fig-curve-accuracy", () => curves(data.testIterations, "testAccuracyPercent", "Test accuracy (%)", percent)),
      figure("fig-curve-loss", () => curves(data.iterations, "validationLossNats", "Validation loss (nats)", nats)),
    ];
  }

  if (data.rounds.length) {
    const ladders = [];
    if (data.arms.length > 2) {
      byId("arms").append(choices("Arms", data.arms.map(({ arm, label }) => ({ label, checked: true,
        apply: (on) => (on ? onLadder.add(arm) : onLadder.delete(arm)) })), () => ladders.forEach((f) => f.draw())));
    }
    ladders.push(figure("fig-accuracy", () => ladder("earlyStopTestAccuracyPercent", "Test accuracy at early stop (%)", percent)),
      figure("fig-iteration", () => ladder("earlyStopIteration", "Early-stop iteration", whole)),
      figure("fig-final", () => ladder("finalTestAccuracyPercent", "Final test accuracy (%)", percent)));
  }
  learning();
  Analysis.draw(data);

  root.dataset.state = "drawn";
})();
