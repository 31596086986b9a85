// One event in full: its verdict and the rule behind it, what it was given, what came back, and why it happened.
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { causesOf } from "./causes.js";
import { Diff, editsOf } from "./diff.js";
import { languageOf } from "./highlight.js";
import { REDACTED, flat } from "./record.js";
import { Facts, Verdict, typeSign } from "./signs.js";
import { Text } from "./text.js";
import { clock, count, length, oneLine, visible } from "./visible.js";

const EDIT_KEYS = new Set(["old_string", "new_string", "old_str", "new_str", "edits"]);
const SHOWN = 12;

function Reason({ reason }) {
  return html`<li>
    <p class="says">${visible(reason.text || "no reason was recorded")}</p>
    <p class="rule"><code>${visible(reason.rule)}</code>${reason.source && html` <span class="source">${visible(reason.source)}</span>`}
      ${reason.shadow && html` <span class="tag">observed only</span>`}</p>
    ${reason.hint && html`<p class="hint">Instead: ${visible(reason.hint)}</p>`}
  </li>`;
}

function Decision({ frame }) {
  const { decision } = frame;
  if (!decision) return null;
  const spoke = decision.reasons.filter((reason) => reason.effect === decision.effect || decision.effect !== "allow" || reason.shadow);
  const [first, others] = [spoke.slice(0, SHOWN), spoke.length - SHOWN];
  return html`<section class="decision ${decision.effect}" aria-label="Decision">
    <h3><${Verdict} verdict=${decision.effect} />${decision.shadow && html` <span class="tag">would have been ${decision.shadow}</span>`}</h3>
    <ul>${first.map((reason) => html`<${Reason} reason=${reason} />`)}</ul>
    ${others > 0 && html`<p class="faint">and ${others} more reasons</p>`}
    <${Facts} facts=${[["sensitive", visible(decision.sensitive.join(", "))], ["policy", decision.revision.slice(0, 19)]]} />
  </section>`;
}

function Actions({ actions }) {
  if (!Array.isArray(actions) || !actions.length) return null;
  const shown = actions.filter(Array.isArray).slice(0, SHOWN * 2);
  return html`<section><h3>What it would do</h3><ul class="actions">
    ${shown.map(([verb, target, opaque, how]) => html`<li><b>${visible(String(verb))}</b> <code>${oneLine(String(target), 120)}</code>${how && html` <span class="tag">${visible(String(how))}</span>`}${opaque && html` <span class="opaque">cannot be seen into: ${visible(String(opaque))}</span>`}</li>`)}
    ${actions.length > shown.length && html`<li class="faint">and ${actions.length - shown.length} more</li>`}
  </ul></section>`;
}

function Arguments({ given, isCommand, query }) {
  if (given === undefined || given === null) return null;
  const edits = editsOf(given);
  const entries = typeof given === "object" && !Array.isArray(given) ? Object.entries(given) : [["", given]];
  const path = given.file_path ?? given.path;
  const rest = entries.filter(([key]) => !(edits.length && EDIT_KEYS.has(key)));
  const short = rest.filter(([, value]) => typeof value !== "string" ? JSON.stringify(value).length < 80 : value.length < 120 && !value.includes("\n"));
  const long = rest.filter((entry) => !short.includes(entry));
  const command = isCommand && short.find(([key]) => key === "command");
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const language = (key, value) => (key === "command" ? "bash" : typeof value !== "string" ? "json" : languageOf(path));
  return html`<section><h3>Arguments</h3>
    ${command && html`<${Text} text=${text(command[1])} language="bash" query=${query} label="command" />`}
    <${Facts} facts=${short.filter((entry) => entry !== command).map(([key, value]) => [visible(key), html`<code>${visible(text(value))}</code>`])} />
    ${long.slice(0, SHOWN).map(([key, value]) => html`<h4>${visible(key)}</h4><${Text} text=${text(value)} language=${language(key, value)} query=${query} label=${visible(key)} />`)}
    ${edits.slice(0, SHOWN).map((edit) => html`<${Diff} path=${edit.path || path || ""} before=${String(edit.before)} after=${String(edit.after)} />`)}
  </section>`;
}

function Result({ record, number, query, path, onSelect }) {
  const body = record.body(number);
  if (!body) return html`<p class="faint">Still being read…</p>`;
  const error = record.isError(number);
  const text = flat(error ? body.error ?? body.message : body.result) || record.text(number);
  return html`<section class=${error ? "failed" : ""}><h3>${error ? "Error" : "Result"}${" "}<button class="link" onClick=${() => onSelect(number)}>${record.nameOf(number)}</button> <span class="faint">${length(record.took[number - 1])}</span></h3>
    ${text ? html`<${Text} text=${text} language=${languageOf(path)} query=${query} label=${error ? "error" : "result"} />` : html`<p class="faint">It is empty.</p>`}
  </section>`;
}

function Why({ record, number, onSelect, onTold }) {
  const [chain, setChain] = useState(null);
  useEffect(() => {
    setChain(null);
    const timer = setTimeout(() => {
      setChain(causesOf(record, number));
      onTold();
    }, 0);
    return () => clearTimeout(timer);
  }, [record, number]);
  if (!chain?.length) return null;
  const shown = chain.slice(-SHOWN);
  const step = (at) => html`<button class="step" onClick=${() => onSelect(at)}><b>${record.nameOf(at)}</b> ${typeSign(record.typeOf(at))[1]} ${record.toolOf(at)} <span>${record.label(at)}</span></button>`;
  return html`<section class="why"><h3>Why it happened</h3><ol>
    <li>${step(shown[0].cause)}</li>
    ${shown.map((link) => html`<li><p class="because">${visible(link.why)}</p>${link.effect === number ? html`<p class="step here"><b>${record.nameOf(number)}</b> this</p>` : step(link.effect)}</li>`)}
  </ol></section>`;
}

function Body({ record, number, query, onSelect }) {
  const body = record.body(number);
  if (!body) return html`<p role="status">Still being read…</p>`;
  const { kinds } = record;
  const type = record.type[number - 1];
  const call = type === kinds.call ? number : record.parent[number - 1];
  const path = call && record.kindOf(call) === "read" ? record.pathOf(call) : "";
  if (type === kinds.call) {
    const answer = record.answers[number];
    return html`<${Arguments} given=${body.arguments} isCommand=${record.kindOf(number) === "run"} query=${query} />
      ${answer ? html`<${Result} record=${record} number=${answer} query=${query} path=${path} onSelect=${onSelect} />` : null}
      <${Actions} actions=${body.actions} />`;
  }
  if (type === kinds.result || type === kinds.error) {
    return html`${call ? html`<p><button class="step" onClick=${() => onSelect(call)}><b>${record.nameOf(call)}</b> ${record.toolOf(call)} <span>${record.label(call)}</span></button></p>` : null}
      <${Result} record=${record} number=${number} query=${query} path=${path} onSelect=${onSelect} />`;
  }
  const text = record.text(number);
  const key = record.about.texts.find((name) => body[name]);
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
  return html`${text && html`<${Text} text=${text} query=${query} label=${record.typeOf(number)} />`}
    ${Object.keys(rest).length ? html`<section><h3>Data</h3><${Text} text=${JSON.stringify(rest, null, 2)} language="json" query=${query} label="data" /></section>` : null}`;
}

export function Detail({ record, number, query, notes, bookmarked, onSelect, onBookmark, onCopy, onClose }) {
  const frame = record.frame(number);
  const [sign, word] = typeSign(record.typeOf(number));
  const when = record.time[number - 1] ? new Date(record.time[number - 1] * 1000).toISOString().replace("T", " ").replace("Z", " UTC") : "";
  const [whyTold, setWhyTold] = useState(false);
  const used = record.trackOf(number) ? undefined : record.used(number);
  const phase = record.about.phases[record.phase[number - 1] - 1];
  return html`<article aria-label=${`Event ${number}`} data-why=${whyTold || undefined}>
    <header>
      <h2><span class="number">${record.nameOf(number)}</span> ${sign} ${word} ${record.toolOf(number) && html`<b>${visible(record.toolOf(number))}</b>`}</h2>
      <div class="buttons">
        <button aria-pressed=${bookmarked} onClick=${onBookmark} title="Bookmark (b)"><span aria-hidden="true">${bookmarked ? "★" : "☆"}</span> Bookmark</button>
        <button onClick=${onCopy} title="Copy a link to this event (y)">Copy link</button>
        <button class="close" onClick=${onClose} title="Back to the list (Esc)">Back</button>
      </div>
      <${Facts} facts=${[
        ["at", `+${clock(record.since(number))}${when && ` · ${when}`}`], ["took", length(record.took[number - 1])],
        ["phase", phase && visible(phase[0])], ["track", visible(record.trackOf(number))], ["folder", visible(frame.cwd ?? "")],
        ["mode", visible(frame.mode ?? "")], ["used so far", used && `${count(used[1])} tokens of context${used[3] ? `, $${used[3].toFixed(4)}` : ""}`],
        ["cleaned", record.flags[number - 1] & REDACTED ? "something was taken out before it was recorded" : ""],
      ]} />
    </header>
    ${notes.map((note) => html`<p class="note">${note.label && html`<span class="tag">${visible(note.label)}</span> `}${visible(note.note)}</p>`)}
    <${Decision} frame=${frame} />
    <${Body} record=${record} number=${number} query=${query} onSelect=${onSelect} />
    <${Why} record=${record} number=${number} onSelect=${onSelect} onTold=${() => setWhyTold(true)} />
  </article>`;
}
