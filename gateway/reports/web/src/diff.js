// An edit as a diff, line by line.
import { diffLines } from "diff";
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { visible } from "./visible.js";

const FIRST = 80;
const AROUND = 3;
const MAX_TEXT = 200_000;

/** What a call would change in a file: [{path, before, after}], empty when it changes none that it tells of. */
export function editsOf(given) {
  if (!given || typeof given !== "object") return [];
  const path = given.file_path ?? given.path ?? given.notebook_path ?? "";
  const one = (edit) => ({ path, before: edit.old_string ?? edit.oldText ?? edit.old_str ?? "", after: edit.new_string ?? edit.newText ?? edit.new_str ?? "" });
  if (Array.isArray(given.edits)) return given.edits.filter((edit) => edit && typeof edit === "object").map(one);
  if ("old_string" in given || "new_string" in given || "old_str" in given) return [one(given)];
  return [];
}

/** Lines of a diff: [sign, text], with what did not change left out but for a few lines around what did. */
export function linesOf(before, after) {
  if (before.length + after.length > MAX_TEXT) return null;
  const parts = diffLines(String(before), String(after), { timeout: 300 });
  if (!parts) return null;
  const lines = [];
  parts.forEach((part, at) => {
    const texts = part.value.replace(/\n$/, "").split("\n");
    const sign = part.added ? "+" : part.removed ? "-" : " ";
    if (sign !== " " || texts.length <= 2 * AROUND + 1) lines.push(...texts.map((text) => [sign, text]));
    else {
      const head = at ? texts.slice(0, AROUND) : [];
      const tail = at < parts.length - 1 ? texts.slice(-AROUND) : [];
      lines.push(...head.map((text) => [" ", text]), ["…", `${texts.length - head.length - tail.length} lines unchanged`], ...tail.map((text) => [" ", text]));
    }
  });
  return lines;
}

const CLASSES = { "+": "added", "-": "removed", "…": "same" };
const WORDS = { "+": "added: ", "-": "removed: " };

export function Diff({ path, before, after }) {
  const [shown, setShown] = useState(FIRST);
  const lines = linesOf(before, after);
  if (!lines) return html`<p class="faint">This edit is too long to compare here.</p>`;
  const added = lines.filter(([sign]) => sign === "+").length;
  const removed = lines.filter(([sign]) => sign === "-").length;
  return html`<figure class="diff">
    <figcaption>${visible(String(path))} <span class="plus">+${added}</span> <span class="minus">−${removed}</span></figcaption>
    <div class="code" tabindex="0" role="region" aria-label="Diff">
      ${lines.slice(0, shown).map(([sign, text]) => html`<div class=${CLASSES[sign] ?? ""} data-sign=${sign} aria-label=${sign in WORDS ? WORDS[sign] + visible(text.slice(0, 200)) : undefined} role=${sign in WORDS ? "group" : undefined}>${visible(text.slice(0, 2000)) || " "}</div>`)}
    </div>
    ${lines.length > shown && html`<button class="more" onClick=${() => setShown(shown * 5)}>Show more (${lines.length - shown} lines left)</button>`}
  </figure>`;
}
