"use strict";
/** Figures as uPlot charts: lines with bands, markers, a legend, and the numbers under the cursor. */
const Figures = (() => {
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  const root = document.documentElement;
  const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();

  // Markers: shape tells lines apart where colour does not.

  const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "ring"];

  function shape(kind, x, y, r) {
    const path = new Path2D();
    if (kind === "circle" || kind === "ring") {
      path.arc(x, y, r, 0, 2 * Math.PI);
    } else if (kind === "square") {
      path.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    } else if (kind === "plus") {
      path.moveTo(x - r * 1.2, y); path.lineTo(x + r * 1.2, y);
      path.moveTo(x, y - r * 1.2); path.lineTo(x, y + r * 1.2);
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
    const open = ["ring", "cross", "plus"].includes(line.marker);
    ctx.lineWidth = (open ? 1.8 : 1) * scale;
    ctx.strokeStyle = open ? line.color : color("page");
    ctx.fillStyle = line.marker === "ring" ? color("page") : line.color;
    ctx.fill(path);
    ctx.stroke(path);
  }

  /** Each training by itself, faint, below the means. */
  function drawEach(u, line) {
    const { ctx } = u, scale = devicePixelRatio;
    ctx.fillStyle = line.color + "8c";
    line.each.forEach((values, i) => values.forEach((value) => {
      ctx.fill(shape("circle", u.valToPos(u.data[0][i], "x", true), u.valToPos(value, "y", true), 2.6 * scale));
    }));
  }

  function drawMarkers(u, lines) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - 8, bbox.top, bbox.width + 16, bbox.height);
    ctx.clip();
    ctx.setLineDash([]);
    lines.filter((l) => l.each).forEach((line) => drawEach(u, line));
    for (const line of lines.filter((l) => l.marker)) {
      line.mean.forEach((value, i) => {
        if (value != null && i % line.every === line.offset) {
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

  /** What a line says of one place of x, its single trainings where there is no mean yet. */
  function words(line, i, format) {
    if (line.mean[i] == null) return line.label + " " + line.each[i].map(format).join(", ");
    const range = line.min && line.max[i] > line.min[i] ? " (" + format(line.min[i]) + " to " + format(line.max[i]) + ")" : "";
    return line.label + " " + format(line.mean[i]) + range;
  }

  const says = (line, i) => line.mean[i] != null || Boolean(line.each && line.each[i].length);

  /** spec: x, lines [{label, color, dash, marker, every, offset, mean, min, max, each, shown}], axes, scales, title(i), format */
  function plot(host, spec, readout) {
    const columns = [spec.x], series = [{}], bands = [];
    for (const line of spec.lines) {
      const at = series.length;
      const within = (values) => (line.shown ? values.map((v, i) => (line.shown(i) ? v : null)) : values);
      columns.push(within(line.mean));
      series.push({ stroke: line.color, width: 2, dash: line.dash, points: { show: false }, spanGaps: line.spanGaps });
      if (line.min) {
        columns.push(within(line.max), within(line.min));
        series.push(...[1, 2].map(() => ({ stroke: "transparent", width: 1, points: { show: false }, spanGaps: line.spanGaps })));
        bands.push({ series: [at + 1, at + 2], fill: line.color + (spec.lines.length > 5 ? "1c" : "2b") });
      }
      if (line.each) {
        // Unseen, so that the scale makes room for them.
        const edge = (of) => line.each.map((values) => (values.length ? of(...values) : null));
        columns.push(edge(Math.max), edge(Math.min));
        series.push(...[1, 2].map(() => ({ stroke: "transparent", points: { show: false } })));
      }
    }
    const axis = (extra) => ({
      stroke: color("ink"), font: "12px " + FONT, labelFont: "600 13px " + FONT, labelSize: 22,
      grid: { stroke: color("grid"), width: 1 }, ticks: { stroke: color("rule"), width: 1, size: 5 }, ...extra,
    });
    const describe = (u) => {
      const i = u.cursor.idx;
      readout.value = i == null ? "" : spec.title(i) + ": " +
        spec.lines.filter((l) => says(l, i)).map((l) => words(l, i, spec.format)).join("; ");
    };
    return new uPlot({
      width: Math.max(host.clientWidth, 240), height: spec.height, padding: [12, 22, 0, 0],
      legend: { show: false }, bands, series,
      scales: { x: { time: false, ...spec.xScale }, y: spec.yScale || {} },
      axes: [axis({ size: 34, ...spec.xAxis }), axis({ size: 58, ...spec.yAxis })],
      cursor: { y: false, points: { show: false }, drag: { x: spec.zoom === true, y: false } },
      hooks: { draw: [(u) => drawMarkers(u, spec.lines)], setCursor: [describe] },
    }, columns, host);
  }

  /** What the reader looks at: the position under the cursor, and the part that is enlarged. */
  function view(u) {
    const x = u.data[0], { min, max } = u.scales.x;
    const enlarged = u.cursor.drag.x && x.length && (min > x[0] || max < x[x.length - 1]);
    return { at: u.cursor.idx == null ? null : x[u.cursor.idx], enlarged: enlarged ? { min, max } : null };
  }

  function restore(u, { at, enlarged }) {
    if (enlarged) u.setScale("x", enlarged);
    if (u.data[0].includes(at)) u.setCursor({ left: u.valToPos(at, "x"), top: 1 });
  }

  const figures = [];

  function figure(id, build) {
    const box = document.getElementById(id), host = box.querySelector(".plot"), readout = box.querySelector(".readout");
    const self = { chart: null };
    self.draw = () => {
      const spec = build(), kept = self.chart && view(self.chart);
      if (self.chart) self.chart.destroy();
      self.chart = plot(host, spec, readout);
      if (kept) restore(self.chart, kept);
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

  /** A set of boxes to tick; options: {label, checked, apply(on)}. */
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

  const redraw = () => figures.forEach((f) => f.draw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.addEventListener("beforeprint", () => {
    root.dataset.paper = "";
    redraw();
    figures.forEach((f) => f.chart && f.chart.setSize({ width: 640, height: f.chart.height }));
  });
  window.addEventListener("afterprint", () => { delete root.dataset.paper; redraw(); });

  return { choices, color, figure, redraw, SHAPES };
})();
