// The dashboard: trends over the sessions of a store.
import { html } from "htm/preact";
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Chart } from "./chart.js";
import { List } from "./list.js";
import { usePrinting } from "./printing.js";
import { nextTheme, setTheme, theme as themeNow } from "./theme.js";
import { opened } from "./unpack.js";
import { clock, count, length, shown } from "./visible.js";

const SAFE = /^[\w.-]+\.html$/;
const ROW = 30;

const when = (seconds) => (seconds ? new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ") : "-");
const money = (dollars) => (dollars === null ? "?" : dollars === 0 ? "-" : dollars < 0.01 ? `$${dollars.toFixed(4)}` : `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`);
const short = (number) => (number >= 1e6 ? `${(number / 1e6).toFixed(1)}M` : number >= 1e4 ? `${Math.round(number / 1e3)}k` : count(Math.round(number * 100) / 100));

function Bar({ parts, most }) {
  return html`<span class="bar" aria-hidden="true">${parts.map(([colour, value]) => value > 0 && html`<i class=${colour} style=${{ width: `${(100 * value) / most}%` }}></i>`)}</span>`;
}

function Ranking({ title, note, columns, rows, empty }) {
  return html`<section class="ranking"><h2>${title}</h2>${note && html`<p class="faint">${note}</p>`}
    ${rows.length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${title}><table class="plain"><thead><tr>${columns.map(([name, own]) => html`<th class=${own ?? ""}>${name}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class=${columns[at][1] ?? ""}>${cell}</td>`)}</tr>`)}</tbody></table></div>`
      : html`<p class="faint">${empty}</p>`}</section>`;
}

function Rules({ rules }) {
  const most = Math.max(...rules.map((one) => one.ask + one.deny + one.observed), 1);
  const row = (one) => [
    html`<code>${one.rule}</code>${one.source && html` <span class="faint">${one.source}</span>`}`,
    html`<${Bar} parts=${[["deny", one.deny], ["ask", one.ask], ["observed", one.observed]]} most=${most} />`,
    one.deny ? count(one.deny) : "", one.ask ? count(one.ask) : "", one.observed ? count(one.observed) : "", count(one.sessions), one.per_thousand_calls,
  ];
  return html`<${Ranking} title="Verdicts and friction per rule" note="How often each rule stood in the way, and in how many of a thousand calls." empty="No rule denied or asked."
    columns=${[["Rule"], ["", "bars"], ["Denied", "count"], ["Asked", "count"], ["Observed", "count"], ["Sessions", "count"], ["of 1,000", "count"]]} rows=${rules.map(row)} />`;
}

function Rankings({ about }) {
  const most = (rows, key) => Math.max(...rows.map((row) => row[key] ?? 0), 1e-9);
  const [called, spent, timed] = [most(about.denied, "calls"), most(about.models, "cost_usd"), most(about.tools, "total_ms")];
  const denied = about.denied.map((one) => [html`<b>${one.tool}</b> <code>${one.subject}</code>`, html`<${Bar} parts=${[["deny", one.calls]]} most=${called} />`, count(one.calls)]);
  const models = about.models.map((one) => [one.model || "not named", html`<${Bar} parts=${[["accent", one.cost_usd ?? 0]]} most=${spent} />`, money(one.cost_usd), short(one.input_tokens + one.cache_read_tokens + one.cache_write_5m_tokens + one.cache_write_1h_tokens), short(one.output_tokens), count(one.sessions)]);
  const tools = about.tools.map((one) => [one.tool || "not named", html`<${Bar} parts=${[["call", one.total_ms]]} most=${timed} />`, length(one.total_ms), length(one.mean_ms), length(one.max_ms), count(one.calls), one.errors ? count(one.errors) : ""]);
  return html`<div class="rankings">
    <${Rules} rules=${about.rules} />
    <${Ranking} title="Most denied" empty="Nothing was denied." columns=${[["What"], ["", "bars"], ["Times", "count"]]} rows=${denied} />
    <${Ranking} title="Cost by model" note="At list prices, by what the record tells; ? where nobody told us a price." empty="The record tells of no usage." columns=${[["Model"], ["", "bars"], ["Cost", "count"], ["In", "count"], ["Out", "count"], ["Sessions", "count"]]} rows=${models} />
    <${Ranking} title="Slowest tools" note="By all the time they took." empty="No tool was called." columns=${[["Tool"], ["", "bars"], ["All", "count"], ["Mean", "count"], ["Longest", "count"], ["Calls", "count"], ["Errors", "count"]]} rows=${tools} />
  </div>`;
}

const SORTS = [["first", "Began", -1], ["seconds", "Took", -1], ["calls", "Calls", -1], ["errors", "Errors", -1], ["deny", "Denied", -1], ["cost_usd", "Cost", -1]];

function Sessions({ sessions, current, onCurrent }) {
  const [query, setQuery] = useState("");
  const [sort, setSort] = useState("first");
  const rows = useMemo(() => {
    const wanted = query.toLowerCase();
    const fits = (one) => [one.session, one.agent, one.title].some((text) => text.toLowerCase().includes(wanted));
    return sessions.map((one, at) => ({ ...one, at })).filter(fits).sort((a, b) => (b[sort] ?? Infinity) - (a[sort] ?? Infinity) || b.at - a.at);
  }, [sessions, query, sort]);
  const chosen = rows.findIndex((one) => one.at === current);
  const link = (one) => (SAFE.test(one.page) ? html`<a href=${encodeURI(one.page)}>${one.session}</a>` : one.session);
  const row = (at) => {
    const one = rows[at];
    return html`<div class="row session" role="row" id=${`r${at}`} key=${at} aria-rowindex=${at + 1} aria-selected=${at === chosen} onClick=${() => onCurrent(one.at)}>
      <span role="gridcell" class="time">${when(one.first)}</span>
      <span role="gridcell" class="what">${link(one)} <span class="faint">${[one.agent, one.title].filter(Boolean).join(" · ")}</span></span>
      <span role="gridcell" class="state">${one.deny ? html`<span class="verdict deny">✕ ${count(one.deny)}</span>` : ""} ${one.ask ? html`<span class="verdict ask">? ${count(one.ask)}</span>` : ""} ${one.errors ? html`<span class="verdict error">! ${count(one.errors)}</span>` : ""}</span>
      <span role="gridcell" class="count">${count(one.calls)} calls</span>
      <span role="gridcell" class="count">${clock(one.seconds)}</span>
      <span role="gridcell" class="count">${money(one.cost_usd)}</span>
    </div>`;
  };
  const enter = () => SAFE.test(rows[chosen]?.page ?? "") && location.assign(encodeURI(rows[chosen].page));
  return html`<section class="sessions"><h2>Sessions</h2>
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <input id="search" type="search" placeholder="Search ( / )" aria-label="Search sessions" value=${query} onInput=${(event) => setQuery(event.currentTarget.value)} />
      <div class="shown" role="group" aria-label="Sort by">${SORTS.map(([key, label]) => html`<button type="button" aria-pressed=${sort === key} onClick=${() => setSort(key)}>${label}</button>`)}</div>
      <output aria-live="polite">${count(rows.length)} sessions</output>
    </form>
    ${rows.length ? html`<div class="sessions-list"><${List} label="Sessions" count=${rows.length} current=${chosen} rowHeight=${ROW} columns="6" row=${row} onMove=${(to) => onCurrent(rows[to].at)} onEnter=${enter} /></div>` : html`<p class="empty">No session fits.</p>`}
  </section>`;
}

const MOST_PRINTED = 1000;

function PrintedSessions({ sessions }) {
  const latest = [...sessions].reverse().slice(0, MOST_PRINTED);
  const row = (one) => [when(one.first), one.session, one.title, count(one.calls), one.deny || "", one.ask || "", one.errors || "", clock(one.seconds), money(one.cost_usd)];
  const columns = [["Began"], ["Session"], ["First prompt"], ["Calls", "count"], ["Denied", "count"], ["Asked", "count"], ["Errors", "count"], ["Took", "count"], ["Cost", "count"]];
  return html`<${Ranking} title="Sessions" note=${latest.length < sessions.length ? `The latest ${count(MOST_PRINTED)}.` : ""} columns=${columns} rows=${latest.map(row)} />`;
}

function Charts({ sessions, totals, theme, onPick }) {
  const charts = useMemo(() => {
    const values = (key) => sessions.map((one) => one[key]);
    return [
      ["Tool calls", `${count(totals.calls)} in all`, [["calls", "accent", values("calls")]], short],
      ["Denied and asked", `${count(totals.deny)} denied, ${count(totals.ask)} asked`, [["denied", "deny", values("deny")], ["asked", "ask", values("ask")]], short],
      ["Errors", `${count(totals.errors)} in all`, [["errors", "error", values("errors")]], short],
      ["Cost", `${money(totals.cost_usd)} in all${totals.unpriced_sessions ? `, ${totals.unpriced_sessions} sessions of unknown cost` : ""}`, [["", "allow", values("cost_usd")]], (dollars) => (dollars ? `$${short(dollars)}` : "0")],
    ];
  }, [sessions]);
  const names = (at) => when(sessions[at].first).slice(5, 10);
  return html`<div class="charts">${charts.map(([title, total, series, format]) => html`<${Chart} title=${title} total=${total} series=${series} names=${names} format=${format} whole=${format === short} theme=${theme} onPick=${onPick} />`)}</div>`;
}

function App({ about }) {
  const [theme, setThemeState] = useState(themeNow);
  const [current, setCurrent] = useState(-1);
  const printing = usePrinting();
  const { totals, sessions } = about;
  const switchTheme = () => setThemeState(nextTheme(theme));
  useEffect(() => {
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
      if (event.key === "/") document.getElementById("search").focus();
      else if (event.key === "t") setThemeState((before) => nextTheme(before));
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  const span = sessions.length ? `${when(sessions[0].first).slice(0, 10)} to ${when(sessions.at(-1).first).slice(0, 10)}` : "no session";
  const tiles = [["", count(totals.sessions), "sessions"], ["", count(totals.calls), "tool calls"], ["deny", count(totals.deny), "✕ denied"], ["ask", count(totals.ask), "? asked"],
    ["error", count(totals.errors), "! errors"], ["", count(totals.written), "files written"], ["", short(totals.tokens), "tokens"], ["", totals.unpriced_sessions && !totals.cost_usd ? "?" : money(totals.cost_usd), "cost"]];
  return html`<main class="dashboard">
    <header class="head"><h1>Sessions</h1><p class="sub">${span}</p><div class="buttons"><button onClick=${switchTheme} title="Theme (t)">${{ auto: "Auto", dark: "Dark", light: "Light" }[theme]}<span class="hidden"> theme</span></button></div></header>
    <ul class="tiles">${tiles.map(([colour, value, word]) => html`<li class=${colour}><b>${value}</b> ${word}</li>`)}</ul>
    ${sessions.length > 0 && html`<${Charts} sessions=${sessions} totals=${totals} theme=${theme} onPick=${setCurrent} />`}
    ${printing ? html`<${PrintedSessions} sessions=${sessions} />` : html`<${Sessions} sessions=${sessions} current=${current} onCurrent=${setCurrent} />`}
    <${Rankings} about=${about} />
  </main>`;
}

async function start() {
  setTheme(themeNow());
  const { about } = await opened();
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${App} about=${shown(about)} />`, root);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  document.documentElement.dataset.loaded = document.documentElement.dataset.ready;
}

start().catch((error) => {
  document.getElementById("app").textContent = `This page cannot be opened: ${error.message}`;
  throw error;
});
