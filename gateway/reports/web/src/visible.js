// Text from a record as it can be shown: what would act on the screen instead of standing on it is replaced by a sign for it.

// Control characters, bidirectional overrides, invisible and unassigned-width characters, lone surrogates. Not \n and \t.
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function sign(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}

/** A text with everything that would act on the screen shown as a sign. */
export function visible(text) {
  return text.replace(ACTING, sign);
}

/** A JSON value with every text in it made visible. */
export function shown(value) {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(shown);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [visible(key), shown(item)]));
  return value;
}

/** A text on one line, cut at a limit. */
export function oneLine(text, limit) {
  const line = visible(text.slice(0, limit * 4).trim().replace(/\s*\n\s*/g, " \u23ce ").replace(/\s+/g, " "));
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}\u2026`;
}

/** A time since the start: 3.55s, 1m43s, 2h07m. */
export function clock(seconds) {
  if (seconds < 60) return `${seconds.toFixed(2)}s`;
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${two(Math.floor(whole / 60) % 60)}m`;
}

/** A length of time in milliseconds. */
export function length(ms) {
  if (!(ms >= 0)) return "";
  return ms < 1000 ? `${Math.round(ms)}ms` : clock(ms / 1000);
}

/** A number of bytes. */
export function size(bytes) {
  return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A count with separators. */
export function count(number) {
  return number.toLocaleString("en");
}
