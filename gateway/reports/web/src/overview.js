// What a session comes to, before any event is chosen: verdicts, the rules that spoke, what to look at first, what was taken out.
import { html } from "htm/preact";
import { Facts, VERDICTS, Verdict } from "./signs.js";
import { clock, count, visible } from "./visible.js";

const RUN = 1;
const MAX_FRAMES = 4000;
const FIRST = 7;

/** What the columns come to. */
export function counted(record) {
  const verdicts = { allow: 0, ask: 0, deny: 0 };
  const frames = new Map();
  const found = { verdicts, frames, calls: 0, errors: 0, written: new Set(), read: new Set(), notable: [], last: record.begin };
  for (let at = 0; at < record.count; at++) {
    const verdict = record.about.verdicts[record.verdict[at]];
    if (verdict) verdicts[verdict]++;
    if (record.verdict[at] > 1) frames.set(record.columnFrame[at], (frames.get(record.columnFrame[at]) ?? 0) + 1);
    if (record.type[at] === record.kinds.call) found.calls++;
    if (record.type[at] === record.kinds.error) found.errors++;
    if (record.path[at] && record.kind[at] !== RUN && record.outcomeOf(at + 1) === "done") (record.about.kinds[record.kind[at]] === "write" ? found.written : found.read).add(record.path[at]);
    if (record.verdict[at] > 1 && found.notable.length < 500) found.notable.push(at + 1);
    if (record.time[at] > found.last) found.last = record.time[at];
  }
  return found;
}

/** The rules that denied or asked, the most frequent first: [[rule, source, effect, calls]]. */
export function rulesOf(record, frames) {
  const rules = new Map();
  for (const [frame, calls] of [...frames].slice(0, MAX_FRAMES)) {
    const { decision } = record.frameAt(frame);
    for (const reason of decision?.reasons ?? []) {
      if (reason.effect !== decision.effect) continue;
      const key = `${reason.rule}\0${reason.source}\0${reason.effect}`;
      rules.set(key, (rules.get(key) ?? 0) + calls);
    }
  }
  return [...rules].map(([key, calls]) => [...key.split("\0"), calls]).sort((a, b) => b[3] - a[3]);
}

function Counts({ told }) {
  const parts = Object.entries(told).map(([kind, number]) => `${count(number)} ${visible(kind)}`);
  return parts.length ? parts.join(", ") : "nothing";
}

export function Overview({ record, totals, onSelect, onFilter }) {
  const { about } = record;
  const rules = rulesOf(record, totals.frames);
  const first = [...totals.notable.filter((number) => record.verdictOf(number) === "deny"), ...totals.notable.filter((number) => record.verdictOf(number) === "ask")].slice(0, FIRST);
  const at = about.attribution;
  const sessions = about.sessions.length > 1 ? `${about.sessions.length - 1} below this one` : "";
  return html`<article class="overview" aria-label="Overview">
    <h2>Overview</h2>
    <ul class="tiles">
      ${Object.keys(VERDICTS).map((verdict) => html`<li><button class=${verdict} onClick=${() => onFilter({ shown: verdict === "allow" ? "calls" : verdict })}><b>${count(totals.verdicts[verdict])}</b> ${VERDICTS[verdict].join(" ")}</button></li>`)}
      <li><button class="error" onClick=${() => onFilter({ shown: "error" })}><b>${count(totals.errors)}</b> ! errors</button></li>
    </ul>
    ${first.length > 0 && html`<section><h3>Look at these first</h3><ul class="first">
      ${first.map((number) => html`<li><button class="step" onClick=${() => onSelect(number)}><${Verdict} verdict=${record.verdictOf(number)} /> <b>${record.nameOf(number)}</b> ${record.toolOf(number)} <span>${record.label(number)}</span></button></li>`)}
    </ul></section>`}
    ${rules.length > 0 && html`<section><h3>Rules that spoke</h3><table class="plain"><thead><tr><th>Rule</th><th>Stands in</th><th>Effect</th><th class="count">Calls</th></tr></thead>
      <tbody>${rules.slice(0, 12).map(([rule, source, effect, calls]) => html`<tr><td><code>${visible(rule)}</code></td><td>${visible(source)}</td><td><${Verdict} verdict=${effect} /></td><td class="count">${count(calls)}</td></tr>`)}</tbody></table></section>`}
    <section><h3>Session</h3><${Facts} facts=${[
      ["agent", visible(about.agent_name || at.agent_provider || "")], ["command", visible(about.command)],
      ["began", record.begin ? new Date(record.begin * 1000).toISOString().slice(0, 19).replace("T", " ") + " UTC" : ""],
      ["took", clock(Math.max(totals.last - record.begin, 0))], ["events", `${count(record.count)}, ${count(totals.calls)} of them calls`],
      ["files", `${count(totals.written.size)} written, ${count(totals.read.size)} read`], ["subagents", sessions],
      ["who", visible([at.os_user, at.hostname].filter(Boolean).join(" on "))], ["folder", visible(at.working_dir ?? "")],
      ["repository", visible([at.git_repo, at.git_branch, (at.git_commit ?? "").slice(0, 12)].filter(Boolean).join(" · "))],
      ["cost", about.curve.length && about.curve.at(-1)[3] ? `$${about.curve.at(-1)[3].toFixed(4)} at list prices${about.unpriced.length ? `, without ${about.unpriced.join(", ")}, whose price nobody told us` : ""}` : ""],
    ]} /></section>
    <section><h3>What was taken out</h3><${Facts} facts=${[
      ["when recorded", html`<${Counts} told=${about.disclosure.removed_when_recorded} />`],
      ["when shared", html`<${Counts} told=${about.disclosure.removed_now} />`],
      ["personal data left", about.disclosure.personal_data_left.events ? html`<${Counts} told=${about.disclosure.personal_data_left.kinds} />` : "masked"],
    ]} /></section>
  </article>`;
}
