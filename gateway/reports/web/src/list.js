// A list of any length: only the rows in view are in the page. Rows are of one height, so where each stands is arithmetic.
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const BEYOND = 4;
/** Browsers cannot lay out elements taller than some ten million pixels; a longer list is scrolled in proportion. */
const MAX_HEIGHT = 8_000_000;

/** Rows in view of a list that is scrolled to `top`, in a window of `height`. */
export function windowOf(rows, rowHeight, top, height) {
  const whole = rows * rowHeight;
  const tall = Math.min(whole, MAX_HEIGHT);
  const inView = Math.ceil(height / rowHeight);
  const scale = tall > height ? (whole - height) / (tall - height) : 1;
  const offset = top * scale;
  const first = Math.max(Math.min(Math.floor(offset / rowHeight) - BEYOND, rows - inView - 2 * BEYOND), 0);
  return { tall, scale, first, last: Math.min(first + inView + 2 * BEYOND, rows), shift: top - offset + first * rowHeight };
}

/**
 * A grid of `count` rows. `row(at)` draws one, `current` is the row that has the cursor, `onMove(at)` is asked to move it.
 */
export function List({ label, count, current, row, rowHeight, columns, onMove, onEnter, wide }) {
  const ref = useRef(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const { tall, scale, first, last, shift } = windowOf(count, rowHeight, top, height);
  useLayoutEffect(() => {
    const measure = () => ref.current && setHeight(ref.current.clientHeight || 600);
    const watch = new ResizeObserver(measure);
    watch.observe(ref.current);
    measure();
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = ref.current;
    if (!element || current < 0) return;
    const at = (current * rowHeight) / scale;
    const view = element.clientHeight;
    if (current * rowHeight < element.scrollTop * scale + rowHeight) element.scrollTop = Math.max(at - rowHeight * 2, 0);
    else if ((current + 2) * rowHeight > element.scrollTop * scale + view) element.scrollTop = Math.max(at - view / 2, 0);
    setTop(element.scrollTop);
  }, [current, count, height]);
  const page = Math.max(Math.floor(height / rowHeight) - 1, 1);
  const moves = { __proto__: null, ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
  const keyed = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) onMove(Math.min(Math.max(current + moves[event.key], 0), count - 1), Math.sign(moves[event.key]));
    else if (event.key === "Enter" && onEnter) onEnter();
    else return;
    event.preventDefault();
  };
  const rows = [];
  for (let at = first; at < last; at++) rows.push(row(at));
  return html`<div
    class=${`list ${wide ?? ""}`} ref=${ref} role="grid" aria-label=${label} aria-rowcount=${count} aria-colcount=${columns} tabindex="0"
    aria-activedescendant=${current >= first && current < last ? `r${current}` : undefined}
    onScroll=${(event) => setTop(event.currentTarget.scrollTop)} onKeyDown=${keyed}>
    <div class="list-tall" role="presentation" style=${{ height: `${tall}px` }}>
      <div class="list-rows" role="rowgroup" style=${{ transform: `translateY(${shift}px)` }}>${rows}</div>
    </div>
  </div>`;
}
