// A session as the page holds it: columns of numbers, and text that is decoded when it is looked at.
import { oneLine, shown } from "./visible.js";

const ARRAYS = { d: Float64Array, f: Float32Array, I: Uint32Array, H: Uint16Array, B: Uint8Array };
const decoder = new TextDecoder();
const REMEMBERED = 400;

export const REDACTED = 1;
export const SENSITIVE = 2;
export const SHADOW = 4;
export const EMPTY = 8;

/** Remembers the last few answers of a function of a number. */
function remembering(compute) {
  const known = new Map();
  return (number) => {
    if (known.has(number)) return known.get(number);
    const value = compute(number);
    if (value === undefined) return undefined;
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value);
    known.set(number, value);
    return value;
  };
}

/** The text inside a JSON value. */
export function flat(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(flat).join("\n");
  if (value && typeof value === "object") {
    for (const key of ["stdout", "text", "content", "message", "file", "output", "error"]) if (value[key]) return flat(value[key]);
    return Object.values(value).filter((item) => typeof item === "string" || (item && typeof item === "object")).map(flat).join(" ");
  }
  return "";
}

export class Record {
  constructor(about, streams) {
    about = this.about = shown(about);
    this.count = about.events;
    this.bodies = streams.bodies ?? { bytes: new Uint8Array(0), loaded: 0 };
    this.framesText = streams.frames?.bytes ?? new Uint8Array(0);
    let at = 0;
    for (const [name, code, size] of about.columns) {
      this[name === "frame" ? "columnFrame" : name] = new ARRAYS[code](streams.columns.bytes.slice(at, at + size).buffer);
      at += size;
    }
    this.paths = shown(JSON.parse(decoder.decode(streams.paths.bytes)));
    this.answers = new Uint32Array(this.count + 1);
    for (let at = 0; at < this.count; at++) if (this.parent[at]) this.answers[this.parent[at]] = at + 1;
    const type = (name) => about.types.indexOf(name);
    this.kinds = { call: type("tool_call"), result: type("tool_result"), error: type("error"), prompt: type("user_prompt"), response: type("assistant_response") };
    this.begin = this.time[0] || 0;
    this.body = remembering((number) => this.#body(number));
    this.frameAt = remembering((at) => this.#frame(at));
    this.label = remembering((number) => this.#label(number));
  }

  typeOf(number) { return this.about.types[this.type[number - 1]]; }
  toolOf(number) { return this.about.tools[this.tool[number - 1]]; }
  trackOf(number) { return this.about.tracks[this.track[number - 1]]; }
  verdictOf(number) { return this.about.verdicts[this.verdict[number - 1]]; }
  kindOf(number) { return this.about.kinds[this.kind[number - 1]]; }
  /** What became of a call: done, failed, refused, rejected, unknown; "" for what is no call. */
  outcomeOf(number) { return this.about.outcomes[this.outcome[number - 1]]; }
  pathOf(number) { return this.paths[this.path[number - 1]]; }
  isError(number) { return this.type[number - 1] === this.kinds.error; }
  since(number) { return Math.max((this.time[number - 1] || this.begin) - this.begin, 0); }
  start(number) { return number > 1 ? this.end[number - 2] : 0; }

  /** Whether it is worth stopping at: denied, asked about, or gone wrong. */
  isNotable(number) { return this.verdict[number - 1] > 1 || this.isError(number); }

  /** What was used up to an event: [event, context held, tokens written, dollars so far], undefined before anything was. */
  used(number) { return this.about.curve.findLast((point) => point[0] <= number); }

  /** Its number in its own session, with the track before it when that is a session below this one. */
  nameOf(number) {
    const own = this.about.sessions.findLast((one) => one.first <= number);
    return own && own.track ? `${own.track} #${number - own.first + 1}` : `#${number}`;
  }

  #body(number) {
    const end = this.end[number - 1];
    if (end > this.bodies.loaded) return undefined;
    return JSON.parse(decoder.decode(this.bodies.bytes.subarray(this.start(number), end)));
  }

  /** The verdict and the surroundings of an event. */
  frame(number) { return this.frameAt(this.columnFrame[number - 1]); }

  #frame(at) {
    if (!at) return { decision: null };
    const [said, cwd, mode, agent, agentType] = shown(JSON.parse(decoder.decode(this.framesText.subarray(this.ends[at - 1], this.ends[at]))));
    const around = { cwd, mode, agent, agentType };
    if (!said) return { decision: null, ...around };
    const [effect, shadow, revision, reasons, obligations, sensitive] = said;
    const named = reasons.map(([effect, rule, source, text, hint, action, shadow]) => ({ effect, rule, source, text, hint, action, shadow }));
    return { decision: { effect, shadow, revision, reasons: named, obligations, sensitive }, ...around };
  }

  /** What it is about, in full. */
  subject(number) {
    const body = this.body(number);
    if (!body) return "";
    if (this.type[number - 1] !== this.kinds.call) return this.text(number);
    const given = body.arguments && typeof body.arguments === "object" ? body.arguments : {};
    for (const key of this.about.subjects) {
      const value = Array.isArray(given[key]) ? given[key].join(" ") : given[key];
      if (typeof value === "string" && value) return value;
    }
    return Object.values(given).find((value) => typeof value === "string" && value) ?? "";
  }

  /** What it is about, on one line. */
  subjectLine(number) { return this.type[number - 1] === this.kinds.call ? oneLine(this.subject(number), 2000) : ""; }

  /** The text of a prompt, a response, a result or an error. */
  text(number) {
    const body = this.body(number) ?? {};
    for (const key of this.about.texts) {
      const value = body[key];
      if (typeof value === "string" && value) return value;
      if (value && typeof value === "object" && Object.keys(value).length) return flat(value);
    }
    return "";
  }

  #label(number) {
    if (this.end[number - 1] > this.bodies.loaded) return undefined;
    return oneLine(this.subject(number), 200);
  }
}
