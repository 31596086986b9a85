// Why an event happened: the same chain that `agent-strace why` tells (gateway/analysis/causes.py), found backwards.
import { flat } from "./record.js";
import { visible } from "./visible.js";

const MAX_LOOKED_AT = 4000;
const MIN_VALUE = 6;
const MAX_TEXT = 200_000;

/** The chain from the root to an event, root first: [{cause, effect, why}]. */
export function causesOf(record, number) {
  const chain = [];
  const seen = new Set([number]);
  for (let at = number; ; ) {
    const link = cause(record, at);
    if (!link || seen.has(link.cause)) return chain.reverse();
    chain.push(link);
    seen.add(link.cause);
    at = link.cause;
  }
}

function cause(record, number) {
  const { kinds } = record;
  const first = sessionStart(record, number);
  if (record.parent[number - 1]) return { cause: record.parent[number - 1], effect: number, why: `${record.typeOf(number)} of this call` };
  if (record.type[number - 1] === kinds.call) {
    const found = retry(record, number, first) ?? value(record, number, first) ?? sameFile(record, number, first);
    if (found) return found;
  }
  for (let other = number - 1; other >= first; other--) {
    if (record.type[other - 1] === kinds.prompt) return { cause: other, effect: number, why: `prompt at ${record.nameOf(other)} triggered this` };
  }
  return null;
}

function sessionStart(record, number) {
  return record.about.sessions.findLast((one) => one.first <= number)?.first ?? 1;
}

function lowest(number, first) {
  return Math.max(number - MAX_LOOKED_AT, first);
}

const words = (text) => new Set(text.split(/\s+/).filter(Boolean));

function retry(record, number, first) {
  const own = words(record.subjectLine(number));
  for (let other = number - 1; other >= lowest(number, first); other--) {
    if (record.type[other - 1] === record.kinds.prompt) return null;
    if (!record.isError(other)) continue;
    const failed = record.parent[other - 1];
    if (record.tool[other - 1] !== record.tool[number - 1] && !(failed && record.tool[failed - 1] === record.tool[number - 1])) continue;
    const before = failed ? words(record.subjectLine(failed)) : own;
    const both = [...own].filter((word) => before.has(word)).length;
    if (!own.size || both * 2 >= Math.min(own.size, before.size)) return { cause: other, effect: number, why: `retry after error at ${record.nameOf(other)}` };
  }
  return null;
}

function texts(value) {
  if (typeof value === "string") return [value];
  if (value && typeof value === "object") return Object.values(value).flatMap(texts);
  return [];
}

function value(record, number, first) {
  const given = record.body(number)?.arguments;
  const values = (given && typeof given === "object" && !Array.isArray(given) ? texts(given) : [])
    .flatMap((text) => text.split(/\s+/).filter(Boolean))
    .map((word) => word.replace(/^["'`,;()]+|["'`,;()]+$/g, ""))
    .filter((word) => [...word].length >= MIN_VALUE && (word.includes("/") || word.includes(".") || /\d/.test(word)))
    .slice(0, 40);
  if (!values.length) return null;
  for (let other = number - 1; other >= lowest(number, first); other--) {
    if (record.type[other - 1] !== record.kinds.result && !record.isError(other)) continue;
    const text = (flat(record.body(other)?.result) || record.text(other)).slice(0, MAX_TEXT);
    const hit = values.find((each) => text.includes(each));
    if (hit) return { cause: other, effect: number, why: `\`${visible(hit.slice(0, 80))}\` came from the result at ${record.nameOf(other)}` };
  }
  return null;
}

function sameFile(record, number, first) {
  const subject = record.subjectLine(number);
  const kind = record.kindOf(number);
  if (!subject || !kind) return null;
  for (let other = number - 1; other >= lowest(number, first); other--) {
    const before = record.kindOf(other);
    if (before !== "read" && before !== "write") continue;
    const path = record.pathOf(other);
    if (path && (path === subject || (kind === "run" && subject.includes(path)))) {
      return { cause: other, effect: number, why: `${before === "read" ? "read" : "wrote"} \`${visible(path)}\` at ${record.nameOf(other)}` };
    }
  }
  return null;
}
