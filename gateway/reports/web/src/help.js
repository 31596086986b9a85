// The keys, in a dialog.
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";

const KEYS = [
  ["j k", "next, previous event"], ["n p", "next, previous notable event: denied, asked, error, bookmark"], ["g G", "first, last event"],
  ["/", "search"], ["b", "bookmark the event"], ["B", "show or hide the bookmarks"], ["c", "go to the event's cause"],
  ["1 2 3", "events, files, commands"], ["o", "overview"], ["y", "copy a link to the event"], ["t", "dark, light, as the system"],
  ["Esc", "leave the search, close, clear the filter"], ["?", "this help"],
];

export function Help({ onClose }) {
  const ref = useRef(null);
  useEffect(() => {
    ref.current.showModal();
  }, []);
  return html`<dialog ref=${ref} onClose=${onClose} aria-labelledby="help-title">
    <h2 id="help-title">Keys</h2>
    <dl class="keys">${KEYS.map(([keys, what]) => html`<dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd>`)}</dl>
    <form method="dialog"><button autofocus>Close</button></form>
  </dialog>`;
}
