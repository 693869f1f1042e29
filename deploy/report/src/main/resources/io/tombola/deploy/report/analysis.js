"use strict";
/** The density of each layer, and what a campaign measured beyond accuracy and early stop. */
const Analysis = (() => {
  const { color, figure, SHAPES } = Figures;
  const { againstPm, pmText, whole, percent } = Ladder;
  const has = (id) => document.getElementById("fig-" + id) !== null;

  /** The slot-th colour and shape, for lines that are many of one kind. */
  const style = (slot) => ({ color: color("c" + (slot % 8)), marker: SHAPES[slot % SHAPES.length], dash: [], every: 1, offset: 0 });

  function densities({ densities: { rounds, layers } }) {
    const x = [...Array(rounds).keys()];
    const lines = layers.map(({ name, remainingPercent }, i) => {
      // A logarithmic scale has no zero.
      const part = (key) => remainingPercent.map((spread) => spread[key] || null);
      return { label: name, ...style(i + 1), mean: part("mean"), min: part("min"), max: part("max") };
    });
    return {
      x, lines, format: percent, height: 320, title: (i) => "Round " + i,
      xAxis: { label: "Round", values: (u, s) => s.map((v) => (Number.isInteger(v) ? whole(v) : "")) },
      yScale: { distr: 3 },
      yAxis: { label: "Weights remaining (%)", values: (u, s) => s.map((v) => (v == null ? "" : String(+v.toPrecision(2)))) },
    };
  }

  const rising = (points) => [...points].sort((a, b) => a.remainingPercent - b.remainingPercent);

  function spreads(points, of) {
    const part = (key) => points.map((p) => (of(p) ? of(p)[key] : null));
    return { every: 1, offset: 0, mean: part("mean"), min: part("min"), max: part("max") };
  }

  const level = (x, label, value) => ({ label, color: color("dense"), dash: [12, 5], mean: x.map(() => value) });

  function barrier({ analysis: { stability } }) {
    const points = rising(stability.barriers), x = points.map((p) => p.remainingPercent);
    return againstPm(x, [
      level(x, "stable below 2 points", 2),
      { label: "error barrier", color: color("ticket"), dash: [], marker: "circle", ...spreads(points, (p) => p.points) },
    ], "Error barrier (points)", (v) => v.toFixed(2));
  }

  function path({ analysis: { stability } }) {
    const { paths } = stability, x = paths[0].alphas;
    const lines = paths.filter((p) => p.alphas.length === x.length).map((p, i) => (
      { label: pmText(p.remainingPercent) + " %", ...style(i), ...p.testErrorPercent }));
    return {
      x, lines, format: percent, height: 320, title: (i) => "At " + x[i].toFixed(2),
      xAxis: { label: "From the ticket (0) to its copy (1)" }, yAxis: { label: "Test error (%)" },
    };
  }

  function overlap({ analysis: { overlaps } }) {
    const points = rising(overlaps);
    const lines = [
      { label: "between replicates", of: (p) => p.betweenReplicates, color: color("ticket"), dash: [], marker: "circle" },
      { label: "by chance", of: (p) => p.chance, color: color("dense"), dash: [12, 5] },
      { label: "with the round before", of: (p) => p.betweenRounds, color: color("reinit"), dash: [8, 4], marker: "square" },
      { label: "one-shot and iterative", of: (p) => p.oneShot, color: color("one-shot"), dash: [12, 4, 2, 4], marker: "diamond" },
      { label: "those by chance", of: (p) => p.oneShotChance, color: color("shuffled"), dash: [2, 3] },
    ].filter(({ of }) => points.some(of)).map(({ of, ...line }) => ({ ...line, ...spreads(points, of) }));
    return againstPm(points.map((p) => p.remainingPercent), lines, "Intersection over union (%)", percent);
  }

  function earlyBird({ analysis: { earlyBird: bird } }) {
    const x = bird.iterations;
    return {
      x, format: percent, height: 320, title: (i) => "Iteration " + whole(x[i]),
      lines: [
        level(x, "threshold", 10),
        { label: "distance", color: color("ticket"), dash: [], ...bird.distance },
      ],
      xAxis: { label: "Training iterations", space: 64, values: (u, s) => s.map(whole) },
      yAxis: { label: "Mask distance (% of weights)" },
    };
  }

  function draw(data) {
    if (data.densities.rounds) figure("fig-densities", () => densities(data));
    Object.entries({ barrier, path, overlap, "early-bird": earlyBird })
      .filter(([id]) => has(id))
      .forEach(([id, build]) => figure("fig-" + id, () => build(data)));
  }

  return { draw };
})();
