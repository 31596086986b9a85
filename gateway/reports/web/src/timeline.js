// The timeline: a lane for the agent and each subagent, phases above, the context curve below; drawn, because it holds every event.
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { colours } from "./theme.js";
import { clock, count } from "./visible.js";

const LANE = 13;
const PHASES = 15;
const CURVE = 26;
const MAX_LANES = 7;
const LEFT = 92;
const COLOURS = ["ink", "faint", "line", "band", "allow", "ask", "deny", "error", "talk", "accent", "call"];

/** How much an event stands out; where several share a pixel, the loudest is drawn last. */
function loudness(record, at) {
  if (record.verdict[at] === 3) return 5;
  if (record.type[at] === record.kinds.error) return 4;
  if (record.verdict[at] === 2) return 3;
  return record.type[at] === record.kinds.prompt || record.type[at] === record.kinds.response ? 2 : 1;
}
const LOUD = ["", "call", "talk", "ask", "error", "deny"];

/** The lanes, in the order in which their agents first spoke; what is beyond the last goes into it. */
export function lanesOf(record) {
  const order = [];
  const lane = new Map();
  for (let at = 0; at < record.count; at++) {
    if (lane.has(record.track[at])) continue;
    lane.set(record.track[at], Math.min(order.length, MAX_LANES - 1));
    order.push(record.about.tracks[record.track[at]] || record.about.agent_name || "agent");
  }
  const names = order.length > MAX_LANES ? [...order.slice(0, MAX_LANES - 1), `${order.length - MAX_LANES + 1} others`] : order;
  return { names, lane };
}

/** Where an event stands, from 0 to 1: by time, or by its number where all happened at once. */
export function placer(record) {
  let first = Infinity;
  let last = -Infinity;
  for (let at = 0; at < record.count; at++) {
    const time = record.time[at];
    if (!time) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const span = last - first;
  if (!(span > 0)) return (at) => (record.count > 1 ? at / (record.count - 1) : 0);
  return (at) => ((record.time[at] || first) - first) / span;
}

function drawLanes(context, record, { names, lane }, place, width, colour) {
  const levels = LOUD.length;
  const counts = new Uint32Array(names.length * width * levels);
  for (let at = 0; at < record.count; at++) {
    const cell = lane.get(record.track[at]) * width + Math.min(Math.floor(place(at) * width), width - 1);
    counts[cell * levels]++;
    counts[cell * levels + loudness(record, at)]++;
  }
  names.forEach((_, row) => {
    context.fillStyle = colour.band;
    context.fillRect(LEFT, PHASES + row * LANE + 1, width, LANE - 2);
  });
  for (let level = 1; level < levels; level++) {
    context.fillStyle = colour[LOUD[level]];
    for (let cell = 0; cell < names.length * width; cell++) {
      const [all, own] = [counts[cell * levels], counts[cell * levels + level]];
      if (!own) continue;
      // Where few share a pixel each stands out in full; where many do, the tick is as tall as its share, seen in fours.
      const tall = level === 1 ? LANE - 4 : all < 6 ? LANE - 1 : Math.min(LANE - 1, Math.max(2, (LANE * 4 * own) / all));
      const thick = level > 2 && all < 6 ? 3 : 1;
      context.fillRect(LEFT + (cell % width) - (thick >> 1), PHASES + Math.floor(cell / width) * LANE + (LANE - tall) / 2, thick, tall);
    }
  }
}

function drawPhases(context, record, place, width, colour) {
  const phases = record.about.phases;
  context.textBaseline = "middle";
  phases.forEach(([label, number], at) => {
    const from = LEFT + place(number - 1) * width;
    const to = LEFT + (at + 1 < phases.length ? place(phases[at + 1][1] - 1) : 1) * width;
    if (at % 2 === 0) {
      context.fillStyle = colour.band;
      context.fillRect(from, 0, to - from, PHASES - 2);
    }
    if (to - from < 40) return;
    context.save();
    context.beginPath();
    context.rect(from, 0, to - from - 4, PHASES);
    context.clip();
    context.fillStyle = colour.faint;
    context.fillText(label, from + 4, PHASES / 2);
    context.restore();
  });
}

function drawCurve(context, record, top, place, width, colour) {
  const points = record.about.curve;
  const most = Math.max(...points.map((point) => point[1]), 1);
  context.beginPath();
  context.moveTo(LEFT + place(points[0][0] - 1) * width, top + CURVE);
  for (const [number, held] of points) context.lineTo(LEFT + place(number - 1) * width, top + CURVE - (held / most) * (CURVE - 4));
  context.lineTo(LEFT + place(points.at(-1)[0] - 1) * width, top + CURVE);
  context.globalAlpha = 0.25;
  context.fillStyle = colour.accent;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour.accent;
  context.stroke();
  const spent = points.at(-1)[3];
  if (!spent) return;
  context.beginPath();
  points.forEach(([number, , , cost]) => context.lineTo(LEFT + place(number - 1) * width, top + CURVE - (cost / spent) * (CURVE - 4)));
  context.strokeStyle = colour.allow;
  context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
}

function draw(canvas, record, lanes, place, bar) {
  const colour = colours(COLOURS);
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.font = "11px system-ui, sans-serif";
  drawPhases(context, record, place, bar, colour);
  drawLanes(context, record, lanes, place, bar, colour);
  context.fillStyle = colour.faint;
  const label = (text, y) => context.fillText(text, 4, y, LEFT - 10);
  lanes.names.forEach((name, row) => label(name, PHASES + row * LANE + LANE / 2 + 1));
  if (record.about.curve.length > 1) {
    const top = PHASES + lanes.names.length * LANE + 3;
    drawCurve(context, record, top, place, bar, colour);
    context.fillStyle = colour.faint;
    label(record.about.curve.at(-1)[3] ? "context ┄ cost" : "context", top + CURVE / 2);
  }
}

export function Timeline({ record, current, onSelect, theme }) {
  const ref = useRef(null);
  const [width, setWidth] = useState(0);
  const [lanes] = useState(() => lanesOf(record));
  const [place] = useState(() => placer(record));
  const height = PHASES + lanes.names.length * LANE + (record.about.curve.length > 1 ? CURVE + 6 : 2);
  const bar = Math.max(width - LEFT - 8, 10);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => ref.current && setWidth(ref.current.clientWidth));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (!width) return undefined;
    const again = () => ref.current && draw(ref.current, record, lanes, place, bar);
    again();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", again);
    return () => dark.removeEventListener("change", again);
  }, [width, theme, record]);
  const picked = (event) => {
    const box = ref.current.getBoundingClientRect();
    const wanted = (event.clientX - box.left - LEFT) / bar;
    const row = Math.floor((event.clientY - box.top - PHASES) / LANE);
    let best = 0;
    let least = Infinity;
    for (let at = 0; at < record.count; at++) {
      const off = Math.abs(place(at) - wanted) * bar + (row >= 0 && row < lanes.names.length && lanes.lane.get(record.track[at]) !== row ? 1e6 : 0);
      const near = off - Math.min(loudness(record, at), 5) * 0.8;
      if (near < least) [best, least] = [at + 1, near];
    }
    if (best) onSelect(best);
  };
  const keyed = (event) => {
    const step = { __proto__: null, ArrowRight: 1, ArrowLeft: -1, PageUp: -50, PageDown: 50, Home: -record.count, End: record.count }[event.key];
    if (!step) return;
    event.preventDefault();
    onSelect(Math.min(Math.max((current || 0) + step, 1), record.count));
  };
  const at = current ? LEFT + place(current - 1) * bar : -10;
  const told = current ? `event ${current} of ${count(record.count)}, ${clock(record.since(current))} after the start` : "no event chosen";
  return html`<div class="timeline" role="slider" tabindex="0" aria-label=${`Timeline with ${lanes.names.length} tracks`} aria-valuemin="1"
    aria-valuemax=${Math.max(record.count, 1)} aria-valuenow=${current || 1} aria-valuetext=${told} onKeyDown=${keyed} onClick=${picked}
    style=${{ height: `${height}px` }}>
    <canvas ref=${ref} aria-hidden="true"></canvas>
    <i class="cursor" style=${{ transform: `translateX(${at}px)` }}></i>
  </div>`;
}
