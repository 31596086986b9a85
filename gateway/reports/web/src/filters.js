// Which events are listed: by verdict, kind, tool and track, by text, and with a heading where a phase begins.
import { EMPTY } from "./record.js";
import { matches } from "./search.js";

export const NO_FILTER = { query: "", shown: "all", tool: 0, track: -1 };

/** What can be chosen by a button, and which events it shows. */
export const SHOWN = [
  ["all", "All", (record, number) => !(record.flags[number - 1] & EMPTY)],
  ["notable", "Notable", (record, number) => record.isNotable(number)],
  ["deny", "Denied", (record, number) => record.verdictOf(number) === "deny"],
  ["ask", "Asked", (record, number) => record.verdictOf(number) === "ask"],
  ["error", "Errors", (record, number) => record.isError(number)],
  ["calls", "Calls", (record, number) => record.type[number - 1] === record.kinds.call],
  ["talk", "Talk", (record, number) => record.type[number - 1] === record.kinds.prompt || record.type[number - 1] === record.kinds.response],
];

/** The numbers of the events that a filter shows. */
export function shownBy(record, filter) {
  const marks = filter.query ? matches(record, filter.query) : null;
  const test = SHOWN.find(([name]) => name === filter.shown)[2];
  const numbers = new Uint32Array(record.count);
  let length = 0;
  for (let number = 1; number <= record.count; number++) {
    if (marks && !marks[number - 1]) continue;
    if (filter.tool && record.tool[number - 1] !== filter.tool) continue;
    if (filter.track >= 0 && record.track[number - 1] !== filter.track) continue;
    if (test(record, number)) numbers[length++] = number;
  }
  return numbers.subarray(0, length);
}

/** Rows of the list: event numbers, and the negative of a phase's number where its first shown event stands. */
export function rowsOf(record, numbers) {
  const rows = new Int32Array(numbers.length + record.about.phases.length);
  let length = 0;
  let phase = 0;
  for (const number of numbers) {
    const own = record.phase[number - 1];
    if (own !== phase && own) rows[length++] = -own;
    phase = own;
    rows[length++] = number;
  }
  return rows.subarray(0, length);
}

/** The row of an event, or of the one that stands where it would; -1 in an empty list. */
export function rowOf(rows, number) {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = rows[middle] > 0 ? middle : middle + 1;
    if (at > high || rows[at] >= number) high = middle;
    else low = middle + 1;
  }
  while (low < rows.length - 1 && rows[low] < 0) low++;
  return rows.length ? low : -1;
}
