// Colours for code, without an element for each token: the text stays one text node, ranges over it are painted (CSS Custom Highlight API).
import Prism from "prismjs/components/prism-core.js";
import "prismjs/components/prism-clike.js";
import "prismjs/components/prism-javascript.js";
import "prismjs/components/prism-json.js";
import "prismjs/components/prism-bash.js";
import "prismjs/components/prism-python.js";
import "prismjs/components/prism-yaml.js";

const MAX_TEXT = 16_000;
const PAINT = {
  __proto__: null,
  comment: "comment", prolog: "comment", string: "string", char: "string", "triple-quoted-string": "string", "template-string": "string",
  keyword: "keyword", builtin: "keyword", boolean: "number", number: "number", function: "name", "class-name": "name", decorator: "name",
  property: "name", key: "name", atrule: "name", variable: "number", "assign-left": "name", parameter: "number",
};
const BY_EXTENSION = {
  __proto__: null,
  py: "python", pyi: "python", js: "javascript", mjs: "javascript", cjs: "javascript", ts: "javascript", jsx: "javascript", tsx: "javascript",
  json: "json", jsonl: "json", ndjson: "json", sh: "bash", bash: "bash", zsh: "bash", yml: "yaml", yaml: "yaml",
  c: "clike", h: "clike", cpp: "clike", java: "clike", go: "clike", rs: "clike", cs: "clike", kt: "clike", php: "clike", swift: "clike",
};
const painted = "highlights" in CSS;
const layers = {};

function layer(name) {
  if (!layers[name]) CSS.highlights.set(name, (layers[name] = new Highlight()));
  return layers[name];
}

/** The language of a file by its name, "" when we have no colours for it. */
export function languageOf(path) {
  return BY_EXTENSION[/\.(\w+)$/.exec(path ?? "")?.[1]?.toLowerCase()] ?? "";
}

/** Ranges of a text with the colour of each: [[start, end, colour]]. */
export function rangesOf(text, language) {
  const grammar = Prism.languages[language];
  if (!grammar) return [];
  const ranges = [];
  const walk = (tokens, at, colour) => {
    for (const token of Array.isArray(tokens) ? tokens : [tokens]) {
      if (typeof token === "string") {
        if (colour) ranges.push([at, at + token.length, colour]);
        at += token.length;
      } else {
        walk(token.content, at, PAINT[token.type] ?? colour);
        at += token.length;
      }
    }
  };
  walk(Prism.tokenize(text.slice(0, MAX_TEXT), grammar), 0, "");
  return ranges;
}

/** Paints an element's one text node; returns what takes the paint off again. */
export function paint(element, language, query) {
  const node = element?.firstChild;
  if (!painted || !node || node.nodeType !== Node.TEXT_NODE) return () => {};
  const text = node.data;
  const put = [];
  const add = (name, start, end) => {
    const range = new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end });
    layer(name).add(range);
    put.push([name, range]);
  };
  if (language) for (const [start, end, colour] of rangesOf(text, language)) add(colour, start, Math.min(end, text.length));
  if (query) {
    const [low, wanted] = [text.toLowerCase(), query.toLowerCase()];
    if (low.length === text.length) {
      for (let at = low.indexOf(wanted), hits = 0; at >= 0 && hits < 200; at = low.indexOf(wanted, at + wanted.length), hits++) add("hit", at, at + wanted.length);
    }
  }
  return () => put.forEach(([name, range]) => layer(name).delete(range));
}
