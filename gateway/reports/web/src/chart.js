// Bars over sessions (uPlot), as wide as the place they stand in.
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { colours } from "./theme.js";

const HEIGHT = 132;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7];

/**
 * `series` are [label, colour, values], drawn one on top of the other; `names(at)` names the bar at a place,
 * `whole` says that only whole numbers make sense.
 */
export function Chart({ title, total, series, names, format, whole, theme, onPick }) {
  const ref = useRef(null);
  useEffect(() => {
    const colour = colours(["faint", "line", ...series.map(([, name]) => name)]);
    const count = series[0][2].length;
    const stacked = [];
    series.forEach(([, , values], at) => stacked.push(values.map((value, place) => (value ?? 0) + (at ? stacked[at - 1][place] : 0))));
    const axis = { stroke: colour.faint, grid: { stroke: colour.line, width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    const bars = uPlot.paths.bars({ size: [0.8, 40] });
    const plot = new uPlot({
      width: Math.max(ref.current.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, points: { show: false } },
      scales: { x: { time: false, range: [-0.6, count - 0.4] }, y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      axes: [
        { ...axis, grid: { show: false }, size: 22, incrs: STEPS, space: 90,
          values: (_, at) => at.map((place) => (Number.isInteger(place) && place >= 0 && place < count ? names(place) : "")) },
        { ...axis, size: 46, values: (_, at) => at.map(format), ...(whole && { incrs: STEPS }) },
      ],
      // The tallest sum is drawn first, so that each of the others stands in front of it.
      series: [{}, ...stacked.map((_, at) => ({ label: series[at][0], fill: colour[series[at][1]], stroke: colour[series[at][1]], width: 0, paths: bars, points: { show: false } })).reverse()],
      hooks: { setCursor: [(own) => told(own.cursor.idx)] },
    }, [[...series[0][2].keys()], ...stacked.reverse()], ref.current);
    const output = ref.current.parentElement.querySelector("output");
    const told = (at) => {
      output.textContent = at === null || at === undefined ? total : `${names(at)}: ${series.map(([label, , values]) => `${values[at] === null ? "?" : format(values[at] ?? 0)} ${label}`).join(", ")}`;
    };
    plot.over.addEventListener("click", () => plot.cursor.idx !== null && onPick(plot.cursor.idx));
    const watch = new ResizeObserver(() => ref.current && plot.setSize({ width: Math.max(ref.current.clientWidth, 120), height: HEIGHT }));
    watch.observe(ref.current);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [series, theme]);
  return html`<figure class="chart"><figcaption><b>${title}</b> <output>${total}</output></figcaption>
    <div ref=${ref} role="img" aria-label=${`${title}: ${total}, over ${series[0][2].length} sessions; the table of sessions tells the same`}></div></figure>`;
}
