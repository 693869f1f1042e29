"use strict";
/** Learning curves of the rounds and arms that the reader chooses. */
const Curves = (() => {
  const { choices, color, figure, SHAPES } = Figures;
  const { pmText, whole, percent, ARMS } = Ladder;
  const nats = (value) => value.toFixed(4);
  // Those of the paper's figure 3, besides the dense network and the fewest weights there are.
  const PAPER = [51.3, 21.1];

  const has = (data) => data.curves.length > 0;
  const roundsOf = (data) => data.rounds.filter((r) => data.curves.some((c) => c.round === r.round));

  /** Rounds hold their slot of colour and shape for as long as they are shown. */
  function show(chosen, round) {
    const taken = [...chosen.rounds.values()];
    let slot = 0;
    while (taken.includes(slot)) slot++;
    if (!chosen.rounds.has(round)) chosen.rounds.set(round, slot);
  }

  function chooseForThem(chosen, rounds, arms) {
    const nearest = (pm) => rounds.reduce((a, b) =>
      Math.abs(Math.log(b.remainingPercent / pm)) < Math.abs(Math.log(a.remainingPercent / pm)) ? b : a);
    const wanted = [rounds[0], ...PAPER.map(nearest), rounds[rounds.length - 1]].map((r) => r.round);
    [...chosen.rounds.keys()].filter((round) => !wanted.includes(round)).forEach((round) => chosen.rounds.delete(round));
    wanted.forEach((round) => show(chosen, round));
    arms.filter((arm) => ["ticket", "reinit"].includes(arm)).forEach((arm) => chosen.arms.add(arm));
  }

  function curves(data, chosen, { grid, measure, title, format }) {
    const x = data[grid], labels = new Map(data.arms.map(({ arm, label }) => [arm, label]));
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

  const FIGURES = {
    "fig-curve-accuracy": { grid: "testIterations", measure: "testAccuracyPercent", title: "Test accuracy (%)", format: percent },
    "fig-curve-loss": { grid: "iterations", measure: "validationLossNats", title: "Validation loss (nats)", format: nats },
  };

  /** Both figures, with the boxes to choose from in a form; update(data) shows other data, onDraw hears of each drawing. */
  function panel(form, onDraw = () => {}) {
    const chosen = { rounds: new Map(), arms: new Set(), whole: false, byHand: false };
    let data, drawn, offered;
    const specs = Object.fromEntries(Object.entries(FIGURES).map(([id, what]) => [id, () => curves(data, chosen, what)]));

    function draw() {
      if (drawn) drawn.forEach((f) => f.draw());
      else drawn = Object.entries(specs).map(([id, build]) => figure(id, build));
      onDraw(specs);
    }

    function offer(rounds, arms) {
      const labels = new Map(data.arms.map(({ arm, label }) => [arm, label]));
      const byHand = (change) => (on) => { chosen.byHand = true; change(on); };
      form.replaceChildren(
        choices("Pm (%)", rounds.map(({ round, remainingPercent }) => ({ label: pmText(remainingPercent), checked: chosen.rounds.has(round),
          apply: byHand((on) => (on ? show(chosen, round) : chosen.rounds.delete(round))) })), draw),
        choices("Arms", arms.map((arm) => ({ label: labels.get(arm), checked: chosen.arms.has(arm),
          apply: byHand((on) => (on ? chosen.arms.add(arm) : chosen.arms.delete(arm))) })), draw),
        choices("Scale", [{ label: "first steps too", checked: chosen.whole, apply: (on) => { chosen.whole = on; } }], draw));
    }

    /** Boxes stay where they are while the choice is the same, so that keyboard focus keeps its place. */
    function update(next) {
      data = next;
      const rounds = roundsOf(data), arms = [...new Set(data.curves.map((c) => c.arm))];
      if (!chosen.byHand) chooseForThem(chosen, rounds, arms);
      const choice = JSON.stringify([rounds, arms]);
      if (choice !== offered) offer(rounds, arms);
      offered = choice;
      draw();
    }

    /** Another campaign's data come next: what was chosen means nothing there. */
    function forget() {
      chosen.rounds.clear();
      chosen.arms.clear();
      chosen.byHand = false;
      offered = undefined;
    }

    return { forget, update };
  }

  return { has, panel };
})();
