// What goes on paper: not the window into the list, but what a reviewer needs: the summary, the notable events with their reasons, the notes.
import { html } from "htm/preact";
import { marked } from "./bookmarks.js";
import { Overview } from "./overview.js";
import { Verdict, typeSign } from "./signs.js";
import { clock, count, visible } from "./visible.js";

const MOST = 1500;

export function Printed({ record, totals, bookmarks, numbers }) {
  const whole = numbers.length <= MOST;
  const chosen = new Set(marked(record.about, bookmarks));
  const events = whole ? [...numbers] : [...numbers].filter((number) => record.isNotable(number) || chosen.has(number)).slice(0, MOST);
  const left = numbers.length - events.length;
  return html`<div class="printed">
    <h1>${visible(record.about.session)}</h1>
    <${Overview} record=${record} totals=${totals} onSelect=${() => {}} onFilter=${() => {}} />
    <h2>Events</h2>
    ${left > 0 && html`<p>${count(left)} events are left out; these are those that were denied, asked about, went wrong or carry a note.</p>`}
    <table class="plain"><thead><tr><th>#</th><th>At</th><th>What</th><th>Verdict</th></tr></thead><tbody>
      ${events.map((number) => {
        const notes = record.about.notes.filter((note) => note.at === number);
        const reason = record.verdict[number - 1] > 1 ? record.frame(number).decision?.reasons[0] : null;
        return html`<tr><td>${record.nameOf(number)}</td><td>+${clock(record.since(number))}</td>
          <td>${typeSign(record.typeOf(number))[1]} <b>${visible(record.toolOf(number))}</b> ${record.label(number)}
            ${reason && html`<div class="says">${visible(reason.text)} (${visible(reason.rule)}${reason.source && `, ${visible(reason.source)}`})</div>`}
            ${notes.map((note) => html`<div class="says">Note: ${visible(note.label)} ${visible(note.note)}</div>`)}</td>
          <td><${Verdict} verdict=${record.verdictOf(number)} /></td></tr>`;
      })}
    </tbody></table>
  </div>`;
}
