// Why an event happened: the chain that `agent-strace why` tells (gateway/analysis/causes.py; a test holds the two together), found
// backwards in what the page holds.
import { lastOf, pieceAt } from "./search.js";
import { visible } from "./visible.js";

const MAX_LINKS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_VALUES = 40;
const MAX_ERRORS = 200;
const MAX_CALLS = 1_000;
const MIN_PLAIN = 16;
const MIN = 5;
const encoder = new TextEncoder();

/** The chain from the root to an event, root first: [{cause, effect, why}]. */
export function causesOf(record, number) {
  const chain = [];
  while (chain.length < MAX_LINKS) {
    const link = cause(record, number);
    if (!link) break;
    chain.push(link);
    number = link.cause;
  }
  return chain.reverse();
}

function cause(record, number) {
  const { kinds } = record;
  const type = record.type[number - 1];
  const first = record.about.sessions.findLast((one) => one.first <= number)?.first ?? 1;
  const call = record.parent[number - 1];
  if (call) return { cause: call, effect: number, why: `${record.typeOf(number)} of this call` };
  let prompt = number - 1;
  while (prompt >= first && record.type[prompt - 1] !== kinds.prompt) prompt--;
  if (prompt < first) prompt = 0;
  if (type === kinds.call) {
    const link = retry(record, number, prompt || first - 1) ?? flow(record, number, first);
    if (link) return link;
  }
  if (!prompt || type === kinds.prompt) return null;
  return { cause: prompt, effect: number, why: `prompt at ${record.nameOf(prompt)} triggered this` };
}

/** What a call is a try of: its aim where it runs something, else what it is about. */
function thing(record, number) {
  return record.kindOf(number) === "run" ? record.pathOf(number) : record.subjectLine(number);
}

/** The error, since the prompt, of the last try of the same thing by the same tool; none when that try went well. */
function retry(record, number, prompt) {
  const errors = new Map();
  for (let other = number - 1; other > prompt && errors.size < MAX_ERRORS; other--) {
    if (record.isError(other) && record.parent[other - 1] && !errors.has(record.parent[other - 1])) errors.set(record.parent[other - 1], other);
  }
  if (!errors.size) return null;
  const own = thing(record, number);
  for (let other = number - 1, looked = 0; other > prompt && looked < MAX_CALLS; other--) {
    if (record.tool[other - 1] !== record.tool[number - 1]) continue;
    looked++;
    if (record.type[other - 1] !== record.kinds.call || thing(record, other) !== own) continue;
    const failed = errors.get(other);
    return failed ? { cause: failed, effect: number, why: `retry after error at ${record.nameOf(failed)}` } : null;
  }
  return null;
}

/** The latest event before a call that held a path or value it is given, or that read or wrote the file it is about. */
function flow(record, number, first) {
  let best = null;
  const { bytes } = record.bodies;
  const end = record.start(number);
  const farthest = Math.max(end - MAX_BYTES, record.start(first));
  for (const value of valuesOf(record.body(number)?.arguments)) {
    const wanted = encoder.encode(JSON.stringify(value).slice(1, -1));
    const stop = best ? record.end[best.cause - 1] : farthest;
    for (let at = lastOf(bytes, wanted, end, stop); at >= 0; ) {
      const other = pieceAt(record.end, at, 0) + 1;
      const link = linkTo(record, other, number, value);
      if (link) {
        best = link;
        break;
      }
      at = lastOf(bytes, wanted, record.start(other), stop);
    }
  }
  return best;
}

function linkTo(record, other, number, value) {
  const shown = `\`${visible(value.length <= 80 ? value : `${value.slice(0, 79)}…`)}\``;
  const type = record.type[other - 1];
  const link = (why) => ({ cause: other, effect: number, why: `${shown} ${why} ${record.nameOf(other)}` });
  if (type === record.kinds.result || type === record.kinds.error) {
    const held = textsOf(record.body(other)).some((text) => text.includes(value));
    return held ? link(`came from the ${type === record.kinds.result ? "result" : "error"} at`) : null;
  }
  if (type === record.kinds.prompt) return link("was named in the prompt at");
  if (type !== record.kinds.call) return null;
  const [before, after] = [record.kindOf(other), record.kindOf(number)];
  if (record.subjectLine(other) !== value || !(before === "write" || (before === "read" && (after === "write" || after === "run")))) return null;
  return { cause: other, effect: number, why: `${before === "write" ? "wrote" : "read"} ${shown} at ${record.nameOf(other)}` };
}

function textsOf(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}

/** The paths and values that a call is given, those that say most first. */
function valuesOf(given) {
  if (!given || typeof given !== "object" || Array.isArray(given)) return [];
  const found = new Set();
  for (const text of textsOf(given)) {
    const whole = text.trim();
    if (!whole.includes("\n") && (!whole.includes(" ") || whole.includes("/"))) found.add(whole);
    else if (whole) found.add(whole.split(/\r?\n/).reduce((longest, line) => (line.length > longest.length ? line : longest)).trim());
    for (const word of whole.slice(0, 4000).split(/\s+/)) found.add(word.replace(/^["'`,;()[\]{}<>:=]+|["'`,;()[\]{}<>:=]+$/g, ""));
  }
  const rank = (value) => (value.includes("/") ? 0 : 1);
  return [...found].filter(tells).sort((a, b) => rank(a) - rank(b) || b.length - a.length).slice(0, MAX_VALUES);
}

/** Whether it would be no accident to see a value twice. */
function tells(value) {
  if (value.length < MIN || value.startsWith("-") || value.length > 2000) return false;
  const inner = value.slice(1, -1);
  return inner.includes("/") || inner.includes(".") || value.length >= MIN_PLAIN || (/\p{Nd}/u.test(value) && /\p{L}/u.test(value));
}
