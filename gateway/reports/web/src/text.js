// A text of a record in the page: always one text node, as it stands, however long; the rest of a long one comes when asked for.
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { paint } from "./highlight.js";
import { size, visible } from "./visible.js";

const FIRST = 12_000;

export function Text({ text, language, query, label }) {
  const [shown, setShown] = useState(FIRST);
  const ref = useRef(null);
  const part = visible(text.slice(0, shown));
  useEffect(() => setShown(FIRST), [text]);
  useEffect(() => paint(ref.current, language, query), [part, language, query]);
  return html`<div class="text">
    <pre tabindex="0" role="region" aria-label=${label} class="code" ref=${ref} dir="ltr">${part}</pre>
    ${text.length > shown && html`<button class="more" onClick=${() => setShown(shown * 8)}>
      Show more (${size(text.length - shown)} left)
    </button>`}
  </div>`;
}
