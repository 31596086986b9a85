// Verdicts and event types as a person sees them: a sign and a word beside every colour.
import { html } from "htm/preact";

export const VERDICTS = { __proto__: null, allow: ["✓", "allowed"], ask: ["?", "asked"], deny: ["✕", "denied"] };
const TYPES = {
  __proto__: null,
  session_start: ["▶", "start"], session_end: ["■", "end"], user_prompt: ["❯", "prompt"], assistant_response: ["✦", "response"],
  tool_call: ["→", "call"], tool_result: ["←", "result"], error: ["!", "error"], llm_request: ["⇢", "request"], llm_response: ["⇠", "reply"],
  file_read: ["r", "file read"], file_write: ["w", "file write"], decision: ["◆", "decision"],
  subagent_start: ["⑃", "subagent"], subagent_stop: ["⑂", "subagent end"], note: ["·", "note"],
};

/** The sign and the word of an event's type. */
export function typeSign(type) {
  return TYPES[type] ?? ["·", type];
}

export function Verdict({ verdict }) {
  if (!verdict) return null;
  const [sign, word] = VERDICTS[verdict] ?? ["·", verdict];
  return html`<span class="verdict ${verdict}">${sign} ${word}</span>`;
}

/** Facts as a list of names and values; what is empty is left out. */
export function Facts({ facts }) {
  const told = facts.filter(([, value]) => value);
  return told.length ? html`<dl class="facts">${told.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>` : null;
}
