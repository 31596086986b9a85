// Bookmarks and notes: those that came with the session, and those that the reader sets, which this browser keeps.
import { html } from "htm/preact";
import { typeSign } from "./signs.js";
import { keep, kept } from "./theme.js";
import { visible } from "./visible.js";

const key = (about) => `agent-strace:bookmarks:${about.session}:${about.events}`;

/** The numbers of the bookmarked events, in order. */
export function bookmarksOf(about) {
  const own = kept(key(about)).split(",").map(Number).filter((number) => number >= 1 && number <= about.events);
  return new Set(kept(key(about)) ? own : about.notes.filter((note) => note.bookmark && note.at).map((note) => note.at));
}

/** The set with an event put in, or taken out. */
export function toggled(about, bookmarks, number) {
  const next = new Set(bookmarks);
  if (!next.delete(number)) next.add(number);
  keep(key(about), [...next].join(",") || "0");
  return next;
}

/** Events that carry a bookmark or a note. */
export function marked(about, bookmarks) {
  return [...new Set([...bookmarks, ...about.notes.map((note) => note.at).filter(Boolean)])].sort((a, b) => a - b);
}

export function Bookmarks({ record, bookmarks, current, onSelect, onClose }) {
  const numbers = marked(record.about, bookmarks);
  const notes = (number) => record.about.notes.filter((note) => note.at === number);
  return html`<aside class="bookmarks" aria-label="Bookmarks">
    <header><h2>Bookmarks</h2><button onClick=${onClose} aria-label="Close bookmarks">×</button></header>
    ${numbers.length === 0 && html`<p class="faint">None yet. Press <kbd>b</kbd> on an event.</p>`}
    <ul>${numbers.slice(0, 60).map((number) => html`<li><button class="step" aria-current=${number === current ? "true" : undefined} onClick=${() => onSelect(number)}>
      <b>${bookmarks.has(number) ? "★" : "✎"} ${record.nameOf(number)}</b> ${typeSign(record.typeOf(number))[1]} <span>${record.label(number)}</span>
      ${notes(number).map((note) => html`<em>${note.label && html`<span class="tag">${visible(note.label)}</span> `}${visible(note.note)}</em>`)}
    </button></li>`)}</ul>
    ${numbers.length > 60 && html`<p class="faint">and ${numbers.length - 60} more</p>`}
  </aside>`;
}
