// The files that were touched and the commands that were run, each leading to its events.
import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { List } from "./list.js";
import { Verdict } from "./signs.js";
import { count, length } from "./visible.js";

/** Outcomes that are told beside a call, as sign and word. */
const OUTCOMES = Object.assign(Object.create(null), { failed: "! failed", rejected: "⊘ rejected", unknown: "? no result" });

/** Files, the written ones first, each with its events: [{path, reads, writes, others, events, worst}]; others are calls that did not happen, failed, or have no result. */
export function filesOf(record) {
  const files = new Map();
  const run = record.about.kinds.indexOf("run");
  for (let at = 0; at < record.count; at++) {
    const path = record.path[at];
    if (!path || record.kind[at] === run) continue;
    let file = files.get(path);
    if (!file) files.set(path, (file = { path: record.paths[path], reads: 0, writes: 0, others: 0, events: [], worst: 0 }));
    if (record.outcomeOf(at + 1) !== "done") file.others++;
    else if (record.about.kinds[record.kind[at]] === "write") file.writes++;
    else file.reads++;
    file.events.push(at + 1);
    file.worst = Math.max(file.worst, record.verdict[at]);
  }
  return [...files.values()].sort((a, b) => b.writes - a.writes || b.reads - a.reads);
}

/** The numbers of the calls that ran a command line. */
export function commandsOf(record) {
  const run = record.about.kinds.indexOf("run");
  const found = [];
  for (let at = 0; at < record.count; at++) if (record.kind[at] === run) found.push(at + 1);
  return found;
}

/** The next of a file's events after the one that is looked at. */
function nextOf(file, current) {
  return file.events.find((number) => number > current) ?? file.events[0];
}

export function Files({ record, current, onSelect, query }) {
  const all = useMemo(() => filesOf(record), [record]);
  const files = useMemo(() => all.filter((file) => file.path.toLowerCase().includes(query.toLowerCase())), [all, query]);
  const at = current ? files.findIndex((file) => record.pathOf(current) === file.path) : -1;
  if (!files.length) return html`<p class="empty">No file was named${query && " that fits the search"}.</p>`;
  return html`<${List} label="Files" count=${files.length} current=${at} rowHeight=${28} columns="3" onMove=${(to) => onSelect(files[to].events[0])}
    row=${(row) => html`<div class="row file" role="row" id=${`r${row}`} key=${row} aria-rowindex=${row + 1} aria-selected=${row === at} onClick=${() => onSelect(nextOf(files[row], current))}>
      <span role="gridcell" class="what">${files[row].path}</span>
      <span role="gridcell" class="state">${files[row].worst > 1 ? html`<${Verdict} verdict=${record.about.verdicts[files[row].worst]} />` : ""}</span>
      <span role="gridcell" class="count">${files[row].writes ? `${count(files[row].writes)} written` : ""} ${files[row].reads ? `${count(files[row].reads)} read` : ""} ${files[row].others ? `${count(files[row].others)} not done` : ""}</span>
    </div>`} />`;
}

export function Commands({ record, current, onSelect, shown }) {
  const all = useMemo(() => commandsOf(record), [record]);
  const wanted = useMemo(() => new Set(shown), [shown]);
  const numbers = useMemo(() => all.filter((number) => wanted.has(number)), [all, wanted]);
  const at = numbers.indexOf(current);
  if (!numbers.length) return html`<p class="empty">No command was run that fits.</p>`;
  return html`<${List} label="Commands" count=${numbers.length} current=${at} rowHeight=${28} columns="4" onMove=${(to) => onSelect(numbers[to])}
    row=${(row) => {
      const number = numbers[row];
      const answer = record.answers[number];
      return html`<div class="row command" role="row" id=${`r${row}`} key=${row} aria-rowindex=${row + 1} aria-selected=${row === at} onClick=${() => onSelect(number)}>
        <span role="gridcell" class="number">${record.nameOf(number)}</span>
        <span role="gridcell" class="what mono">${record.label(number)}</span>
        <span role="gridcell" class="state">${record.verdict[number - 1] > 1 ? html`<${Verdict} verdict=${record.verdictOf(number)} />` : OUTCOMES[record.outcomeOf(number)] ? html`<span class="verdict error">${OUTCOMES[record.outcomeOf(number)]}</span>` : ""}</span>
        <span role="gridcell" class="count">${answer ? length(record.took[answer - 1]) : ""}</span>
      </div>`;
    }} />`;
}
