// Search through the text of all events, on the bytes they are held in: nothing is decoded, no copy is made.

const encoder = new TextEncoder();
const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;
const SMALL_U = 117;
const MAX_KEY = 64;

/** Two byte strings of equal length: a hit has, at each place, the byte of the one or of the other. */
function needle(query) {
  const escaped = (text) => encoder.encode(JSON.stringify(text).slice(1, -1));
  const low = escaped(query.toLowerCase());
  const high = escaped(query.toUpperCase());
  // A few letters change their length with their case; those are looked for as they were typed.
  return low.length === high.length ? [low, high] : [escaped(query), escaped(query)];
}

/** How far the search may go on when the byte under the needle's end is this one (Horspool). */
function skips(low, high) {
  const table = new Uint32Array(256).fill(low.length);
  for (let at = 0; at < low.length - 1; at++) table[low[at]] = table[high[at]] = low.length - 1 - at;
  return table;
}

/** Whether a hit that ends here stands in an object's key: the string around it ends soon and a colon follows. */
function inKey(bytes, at, end) {
  for (const stop = Math.min(end, at + MAX_KEY); at < stop; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return bytes[at + 1] === COLON;
  }
  return false;
}

/** Whether a byte is a letter of an escape (the `n` of `\\n`, a digit of `\\u001b`) and not of the text. */
function inEscape(bytes, at) {
  const escaped = (place) => {
    let backslashes = 0;
    while (bytes[place - 1 - backslashes] === BACKSLASH) backslashes++;
    return backslashes % 2 === 1;
  };
  if (escaped(at)) return true;
  for (let back = 1; back <= 4; back++) if (bytes[at - back] === SMALL_U && escaped(at - back)) return true;
  return false;
}

/** The pieces (from 0) that hold a query; `ends` says where each piece ends. */
export function found(bytes, ends, query, { limit = bytes.length, keys = true } = {}) {
  const hits = [];
  const [low, high] = needle(query);
  const last = low.length - 1;
  if (last < 0) return hits;
  const table = skips(low, high);
  let piece = 0;
  let at = last;
  while (at < limit) {
    let back = last;
    let place = at;
    while (back >= 0 && (bytes[place] === low[back] || bytes[place] === high[back])) { back--; place--; }
    if (back >= 0) {
      at += table[bytes[at]];
      continue;
    }
    piece = pieceAt(ends, place + 1, piece);
    if (at >= ends[piece] || inEscape(bytes, place + 1) || (keys && inKey(bytes, at + 1, ends[piece]))) {
      at++;
      continue;
    }
    hits.push(piece);
    at = ends[piece] + last;
  }
  return hits;
}

/** The piece that holds a byte, not before a piece that is known to begin before it. */
export function pieceAt(ends, byte, from) {
  let step = 1;
  let high = from;
  while (high < ends.length && ends[high] <= byte) {
    from = high + 1;
    high += step;
    step *= 2;
  }
  high = Math.min(high, ends.length - 1);
  while (from < high) {
    const middle = (from + high) >> 1;
    if (ends[middle] <= byte) from = middle + 1;
    else high = middle;
  }
  return from;
}

/** Where bytes stand last before `end` and not before `stop`, -1 when nowhere. */
export function lastOf(bytes, wanted, end, stop) {
  const first = wanted[0];
  for (let at = bytes.lastIndexOf(first, end - wanted.length); at >= stop; at = bytes.lastIndexOf(first, at - 1)) {
    let place = 1;
    while (place < wanted.length && bytes[at + place] === wanted[place]) place++;
    if (place === wanted.length) return at;
    if (at === 0) break;
  }
  return -1;
}

/** A mark for each event (1 at number - 1) whose text, tool, file or verdict holds the query. */
export function matches(record, query) {
  const marks = new Uint8Array(record.count);
  for (const piece of found(record.bodies.bytes, record.end, query, { limit: record.bodies.loaded })) marks[piece] = 1;
  const plain = query.toLowerCase();
  const holding = (names) => new Set(names.flatMap((name, at) => (at && name.toLowerCase().includes(plain) ? [at] : [])));
  const tools = holding(record.about.tools);
  const frames = new Set(found(record.framesText, record.ends.subarray(1), query, { keys: false }).map((piece) => piece + 1));
  if (tools.size || frames.size) {
    for (let at = 0; at < record.count; at++) if (tools.has(record.tool[at]) || frames.has(record.columnFrame[at])) marks[at] = 1;
  }
  return marks;
}
