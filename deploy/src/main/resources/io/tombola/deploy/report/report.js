"use strict";
(() => {
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
  };
  const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "ring"];
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

  const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const whole = (value) => Math.round(value).toLocaleString("en-US");
  const percent = (value) => value.toFixed(2) + " %";
  const nats = (value) => value.toFixed(4);
  const pmText = (pm) => (pm === 100 ? "100" : pm.toFixed(pm < 10 ? 2 : 1));

  // Markers: shape tells lines apart where colour does not.

  function shape(kind, x, y, r) {
    const path = new Path2D();
    if (kind === "circle" || kind === "ring") {
      path.arc(x, y, r, 0, 2 * Math.PI);
    } else if (kind === "square") {
      path.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    } else if (kind === "cross") {
      path.moveTo(x - r, y - r); path.lineTo(x + r, y + r);
      path.moveTo(x + r, y - r); path.lineTo(x - r, y + r);
    } else {
      path.moveTo(x, y - r * 1.2); path.lineTo(x + r * 1.15, y + (kind === "diamond" ? 0 : r * 0.9));
      if (kind === "diamond") path.lineTo(x, y + r * 1.2);
      path.lineTo(x - r * 1.15, y + (kind === "diamond" ? 0 : r * 0.9));
      path.closePath();
    }
    return path;
  }

  function mark(ctx, line, x, y, scale) {
    const path = shape(line.marker, x, y, 4 * scale);
    const open = line.marker === "ring" || line.marker === "cross";
    ctx.lineWidth = (open ? 1.8 : 1) * scale;
    ctx.strokeStyle = open ? line.color : color("page");
    ctx.fillStyle = line.marker === "ring" ? color("page") : line.color;
    ctx.fill(path);
    ctx.stroke(path);
  }

  function drawMarkers(u, lines) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - 8, bbox.top, bbox.width + 16, bbox.height);
    ctx.clip();
    ctx.setLineDash([]);
    for (const line of lines.filter((l) => l.marker)) {
      line.mean.forEach((value, i) => {
        if (value !== null && i % line.every === line.offset) {
          mark(ctx, line, u.valToPos(u.data[0][i], "x", true), u.valToPos(value, "y", true), devicePixelRatio);
        }
      });
    }
    ctx.restore();
  }

  function showLegend(host, lines) {
    host.replaceChildren(...lines.map((line) => {
      const swatch = document.createElement("canvas");
      const scale = devicePixelRatio;
      swatch.width = 34 * scale; swatch.height = 14 * scale;
      swatch.style.width = "34px"; swatch.style.height = "14px";
      swatch.setAttribute("aria-hidden", "true");
      const ctx = swatch.getContext("2d");
      ctx.strokeStyle = line.color; ctx.lineWidth = 2 * scale;
      ctx.setLineDash(line.dash.map((d) => d * scale));
      ctx.beginPath(); ctx.moveTo(0, 7 * scale); ctx.lineTo(34 * scale, 7 * scale); ctx.stroke();
      ctx.setLineDash([]);
      if (line.marker) mark(ctx, line, 17 * scale, 7 * scale, scale);
      const item = document.createElement("span");
      item.append(swatch, line.label);
      return item;
    }));
  }

  /** spec: x, lines [{label, color, dash, marker, every, offset, mean, min, max}], axes, scales, title(i), format */
  function plot(host, spec, readout) {
    const columns = [spec.x], series = [{}], bands = [];
    for (const line of spec.lines) {
      const at = series.length;
      columns.push(line.mean);
      series.push({ stroke: line.color, width: 2, dash: line.dash, points: { show: false } });
      if (line.min) {
        columns.push(line.max, line.min);
        series.push(...[1, 2].map(() => ({ stroke: "transparent", width: 1, points: { show: false } })));
        bands.push({ series: [at + 1, at + 2], fill: line.color + "2b" });
      }
    }
    const axis = (extra) => ({
      stroke: color("ink"), font: "12px " + FONT, labelFont: "600 13px " + FONT, labelSize: 22,
      grid: { stroke: color("grid"), width: 1 }, ticks: { stroke: color("rule"), width: 1, size: 5 }, ...extra,
    });
    const describe = (u) => {
      const i = u.cursor.idx;
      readout.value = i == null ? "" : spec.title(i) + ": " + spec.lines
        .filter((l) => l.mean[i] !== null)
        .map((l) => l.label + " " + spec.format(l.mean[i]) +
          (l.min && l.max[i] > l.min[i] ? " (" + spec.format(l.min[i]) + " to " + spec.format(l.max[i]) + ")" : ""))
        .join("; ");
    };
    return new uPlot({
      width: Math.max(host.clientWidth, 240), height: spec.height, padding: [12, 16, 0, 0],
      legend: { show: false }, bands, series,
      scales: { x: { time: false, ...spec.xScale }, y: spec.yScale || {} },
      axes: [axis({ size: 34, ...spec.xAxis }), axis({ size: 58, ...spec.yAxis })],
      cursor: { y: false, points: { show: false }, drag: { x: spec.zoom === true, y: false } },
      hooks: { draw: [(u) => drawMarkers(u, spec.lines)], setCursor: [describe] },
    }, columns, host);
  }

  const figures = [];

  function figure(id, build) {
    const box = byId(id), host = box.querySelector(".plot"), readout = box.querySelector(".readout");
    const self = { chart: null };
    self.draw = () => {
      const spec = build();
      if (self.chart) self.chart.destroy();
      self.chart = plot(host, spec, readout);
      showLegend(box.querySelector(".legend"), spec.lines);
    };
    self.fit = () => {
      const width = Math.max(host.clientWidth, 240);
      if (self.chart && width !== self.chart.width) self.chart.setSize({ width, height: self.chart.height });
    };
    host.addEventListener("keydown", (event) => {
      const u = self.chart, step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!u || !step) return;
      event.preventDefault();
      const last = u.data[0].length - 1, toward = step * (u.scales.x.dir || 1);
      const i = u.cursor.idx == null ? (toward > 0 ? 0 : last) : Math.min(last, Math.max(0, u.cursor.idx + toward));
      u.setCursor({ left: u.valToPos(u.data[0][i], "x"), top: 1 });
    });
    new ResizeObserver(self.fit).observe(host);
    figures.push(self);
    self.draw();
    return self;
  }

  // Figures 1 to 3: a measure against Pm, fewer weights to the right.

  function ladder(measure, title, format) {
    const rounds = [...data.rounds].reverse();
    const x = rounds.map((r) => r.remainingPercent);
    const lines = data.arms.map(({ arm, points }) => {
      const at = rounds.map((r) => points.find((p) => p.round === r.round));
      const part = (key) => at.map((p) => (p ? p[measure][key] : null));
      return { label: arm, color: color(arm), ...ARMS[arm], every: 1, offset: 0, mean: part("mean"), min: part("min"), max: part("max") };
    });
    const dense = data.arms[0]?.points.find((p) => p.round === 0);
    if (dense) {
      lines.unshift({ label: "dense network", color: color("dense"), dash: [12, 5], mean: x.map(() => dense[measure].mean) });
    }
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
      xAxis: { label: "Weights remaining, Pm (%, log scale)", splits, filter: (u, s) => s, values: (u, s) => s.map(pmText) },
      yAxis: { label: title, ...(format === whole && { values: (u, s) => s.map(whole) }) },
    };
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

  function curves(measure, title, format) {
    const x = data.iterations;
    const shown = data.curves.filter((c) => chosen.rounds.has(c.round) && (c.round === 0 || chosen.arms.has(c.arm)));
    const every = Math.max(1, Math.round(x.length / 7));
    const lines = shown.map((c, i) => {
      const k = chosen.rounds.get(c.round), pm = pmText(data.rounds.find((r) => r.round === c.round).remainingPercent);
      return {
        label: c.round === 0 ? pm + " % dense" : pm + " % " + c.arm, color: color("c" + (k % 8)),
        dash: ARMS[c.arm].dash, marker: SHAPES[k % SHAPES.length], every, offset: Math.floor((i * every) / shown.length), ...c[measure],
      };
    });
    // The first steps would flatten everything after them: leave them out of the scale.
    const skip = Math.max(1, x.findIndex((i) => i >= 0.12 * x[x.length - 1]));
    const late = lines.flatMap((l) => [...l.min.slice(skip), ...l.max.slice(skip)]).filter((v) => v !== null);
    const lo = late.reduce((a, b) => Math.min(a, b), Infinity), hi = late.reduce((a, b) => Math.max(a, b), -Infinity);
    const pad = 0.06 * (hi - lo || 1);
    return {
      x, lines, format, height: 320, zoom: true, title: (i) => "Iteration " + whole(x[i]),
      xAxis: { label: "Training iterations", space: 64, values: (u, s) => s.map(whole) },
      yAxis: { label: title },
      yScale: chosen.whole || !late.length ? {} : { range: () => [lo - pad, hi + pad] },
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
    arms.filter((arm) => arm !== "random").forEach((arm) => chosen.arms.add(arm));
    const redraw = () => drawn.forEach((f) => f.draw());
    byId("choice").append(
      choices("Pm (%)", withCurves.map((r) => ({
        label: pmText(r.remainingPercent), checked: chosen.rounds.has(r.round),
        apply: (on) => (on ? showRound(r.round) : chosen.rounds.delete(r.round)) })), redraw),
      choices("Arms", arms.map((arm) => ({ label: arm, checked: chosen.arms.has(arm),
        apply: (on) => (on ? chosen.arms.add(arm) : chosen.arms.delete(arm)) })), redraw),
      choices("Scale", [{ label: "first steps too", checked: false, apply: (on) => { chosen.whole = on; } }], redraw));
    const drawn = [
      figure("fig-curve-accuracy", () => curves("testAccuracyPercent", "Test accuracy (%)", percent)),
      figure("fig-curve-loss", () => curves("validationLossNats", "Validation loss (nats)", nats)),
    ];
  }

  if (data.rounds.length) {
    figure("fig-accuracy", () => ladder("earlyStopTestAccuracyPercent", "Test accuracy at early stop (%)", percent));
    figure("fig-iteration", () => ladder("earlyStopIteration", "Early-stop iteration", whole));
    figure("fig-final", () => ladder("finalTestAccuracyPercent", "Final test accuracy (%)", percent));
  }
  learning();

  const redrawAll = () => figures.forEach((f) => f.draw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
  window.addEventListener("beforeprint", () => {
    root.dataset.paper = "";
    redrawAll();
    figures.forEach((f) => f.chart && f.chart.setSize({ width: 640, height: f.chart.height }));
  });
  window.addEventListener("afterprint", () => { delete root.dataset.paper; redrawAll(); });
  root.dataset.state = "drawn";
})();
