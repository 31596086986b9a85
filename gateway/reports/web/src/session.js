// A session's page: events, timeline, detail.
import { html } from "htm/preact";
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Bookmarks, bookmarksOf, marked, toggled } from "./bookmarks.js";
import { causesOf } from "./causes.js";
import { Detail } from "./detail.js";
import { NO_FILTER, SHOWN, rowOf, rowsOf, shownBy } from "./filters.js";
import { Help } from "./help.js";
import { List } from "./list.js";
import { Overview, counted } from "./overview.js";
import { Printed } from "./printed.js";
import { usePrinting } from "./printing.js";
import { Record } from "./record.js";
import { Verdict, typeSign } from "./signs.js";
import { Commands, Files } from "./tables.js";
import { nextTheme, setTheme, theme as themeNow } from "./theme.js";
import { Timeline } from "./timeline.js";
import { filled, opened } from "./unpack.js";
import { clock, count, length, visible } from "./visible.js";

const ROW = 28;
const WAIT = 60;
const TABS = [["events", "Events"], ["files", "Files"], ["commands", "Commands"]];

function eventInAddress(record) {
  const number = Number(/^#e(\d+)$/.exec(location.hash)?.[1]);
  return number >= 1 && number <= record.count ? number : 0;
}

function setAddress(number) {
  try {
    history.replaceState(null, "", number ? `#e${number}` : location.pathname);
  } catch {
    if (number) location.hash = `e${number}`;
  }
}

function Head({ record, totals, theme, onTheme, onHelp, onOverview, onBookmarks, bookmarks }) {
  const { about } = record;
  const broken = about.sessions.find((one) => one.problem);
  return html`<header class="head">
    <h1><button class="link" onClick=${onOverview} title="Overview (o)">${visible(about.session)}</button></h1>
    <p class="sub">${[about.agent_name || about.attribution.agent_provider, record.begin && new Date(record.begin * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC", clock(Math.max(totals.last - record.begin, 0)), `${count(record.count)} events`].filter(Boolean).map(visible).join(" · ")}</p>
    <ul class="marks">
      <li class=${broken ? "bad" : "good"} title=${broken ? visible(broken.problem) : "every line fits the one before it"}>${broken ? "✕ record changed" : "✓ record intact"}</li>
      ${about.revisions.length > 0 && html`<li title=${about.revisions.join("\n")}>policy ${about.revisions.at(-1).replace("sha256:", "").slice(0, 8)}${about.revisions.length > 1 ? ` +${about.revisions.length - 1}` : ""}</li>`}
      ${["deny", "ask"].filter((verdict) => totals.verdicts[verdict]).map((verdict) => html`<li class=${verdict}>${count(totals.verdicts[verdict])} ${verdict === "deny" ? "denied" : "asked"}</li>`)}
    </ul>
    <div class="buttons">
      <button onClick=${onBookmarks} title="Bookmarks (B)"><span aria-hidden="true">★</span> ${marked(about, bookmarks).length}<span class="hidden"> bookmarks</span></button>
      <button onClick=${onTheme} title="Theme (t)">${{ auto: "Auto", dark: "Dark", light: "Light" }[theme]}<span class="hidden"> theme</span></button>
      <button onClick=${onHelp} title="Keys (?)" aria-label="Help">?</button>
    </div>
  </header>`;
}

function Filters({ record, filter, found, onFilter, searchRef }) {
  const [text, setText] = useState(filter.query);
  const timer = useRef(0);
  const sent = useRef(filter.query);
  useEffect(() => {
    // What somebody goes on typing is not overwritten by what they had typed before.
    if (filter.query === sent.current) return;
    clearTimeout(timer.current);
    sent.current = filter.query;
    setText(filter.query);
  }, [filter.query]);
  const typed = (event) => {
    const query = event.currentTarget.value;
    setText(query);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = query.trim();
      onFilter({ query: sent.current });
    }, WAIT);
  };
  const { tools, tracks } = record.about;
  const choice = (label, key, names, any, none) => html`<select aria-label=${label} value=${filter[key]} onChange=${(event) => onFilter({ [key]: Number(event.currentTarget.value) })}>
    <option value=${none}>${any}</option>${names.slice(0, 60).map((name, at) => (at > none || none < 0) && html`<option value=${at}>${visible(name || record.about.agent_name || "agent")}</option>`)}</select>`;
  return html`<form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
    <input ref=${searchRef} type="search" placeholder="Search ( / )" aria-label="Search" value=${text} onInput=${typed} spellcheck=${false} />
    <div class="shown" role="group" aria-label="Show">${SHOWN.map(([name, label]) => html`<button type="button" aria-pressed=${filter.shown === name} onClick=${() => onFilter({ shown: name })}>${label}</button>`)}</div>
    ${choice("Tool", "tool", tools, "Every tool", 0)}
    ${tracks.length > 1 && choice("Track", "track", tracks, "Every track", -1)}
    <output aria-live="polite">${found === record.count ? `${count(found)} events` : `${count(found)} of ${count(record.count)}`}</output>
  </form>`;
}

function Row({ record, number, at, chosen, marked, onSelect }) {
  const [sign, word] = typeSign(record.typeOf(number));
  const verdict = record.verdict[number - 1] > 1 ? record.verdictOf(number) : "";
  const state = verdict ? html`<${Verdict} verdict=${verdict} />` : record.isError(number) ? html`<span class="verdict error">! error</span>` : length(record.took[number - 1]);
  const tool = record.toolOf(number);
  return html`<div class=${`row event ${word} ${verdict} ${record.trackOf(number) ? "sub" : ""}`} role="row" id=${`r${at}`} key=${at} aria-rowindex=${at + 1} aria-selected=${chosen} onClick=${() => onSelect(number)}>
    <span role="gridcell" class="number">${marked ? "★" : ""}${record.nameOf(number)}</span>
    <span role="gridcell" class="time">${clock(record.since(number))}</span>
    <span role="gridcell" class="what">${sign} <b>${tool ? visible(tool) : word}</b> ${record.label(number) ?? "…"}</span>
    <span role="gridcell" class="state">${state}</span>
  </div>`;
}

function Events({ record, rows, current, bookmarks, onSelect, onEnter }) {
  const at = rows.length ? (current ? rowOf(rows, current) : -1) : -1;
  const move = (to, step) => {
    while (rows[to] < 0) to += to === 0 ? 1 : step || 1;
    if (rows[to] > 0) onSelect(rows[to], false);
  };
  if (!rows.length) return html`<p class="empty">No event fits. <kbd>Esc</kbd> clears the filter.</p>`;
  const heading = (row) => {
    const [label] = record.about.phases[-rows[row] - 1];
    const failed = record.about.failed_phases.includes(-rows[row]) ? " — FAILED" : "";
    return html`<div class="row phase" role="row" id=${`r${row}`} key=${row} aria-rowindex=${row + 1}><span role="rowheader" aria-colspan="4">${visible(label)}${failed}</span></div>`;
  };
  return html`<${List} label="Events" count=${rows.length} current=${at} rowHeight=${ROW} columns="4" onMove=${move} onEnter=${onEnter}
    row=${(row) => (rows[row] < 0 ? heading(row) : html`<${Row} key=${row} record=${record} number=${rows[row]} at=${row} chosen=${rows[row] === current} marked=${bookmarks.has(rows[row])} onSelect=${onSelect} />`)} />`;
}

/** Adds what is asked of the keyboard; a key that goes into a field, or with a modifier, is left alone. */
function useKeys(actions) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const field = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (field && event.key !== "Escape") return;
      const act = latest.current[event.key];
      if (!act || (event.key === "Enter" && event.target !== document.body)) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

function App({ record, loaded }) {
  const [current, setCurrent] = useState(() => eventInAddress(record));
  const [filter, setFilter] = useState(NO_FILTER);
  const [tab, setTab] = useState("events");
  const [bookmarks, setBookmarks] = useState(() => bookmarksOf(record.about));
  const [aside, setAside] = useState(() => marked(record.about, bookmarks).length > 0 && innerWidth > 1200);
  const [help, setHelp] = useState(false);
  const [theme, setThemeState] = useState(themeNow);
  const [opensDetail, setOpensDetail] = useState(current > 0);
  const printing = usePrinting();
  const [told, setTold] = useState("");
  const searchRef = useRef(null);
  const detailRef = useRef(null);
  const totals = useMemo(() => counted(record), [record]);
  const numbers = useMemo(() => shownBy(record, filter), [record, filter, filter.query && loaded]);
  const rows = useMemo(() => rowsOf(record, numbers), [record, numbers]);
  const select = (number, opens = true) => {
    setCurrent(number);
    setAddress(number);
    if (opens) setOpensDetail(true);
    if (detailRef.current) detailRef.current.scrollTop = 0;
  };
  const refilter = (change) => setFilter((before) => ({ ...before, ...change }));
  const step = (by) => {
    let row = current ? rowOf(rows, current) : by > 0 ? -1 : rows.length;
    do row += by;
    while (rows[row] < 0);
    if (rows[row] > 0) select(rows[row], false);
  };
  const toNotable = (by) => {
    let at = current ? rowOf(rows, current) : -1;
    if (at < 0) at = by > 0 ? -1 : rows.length;
    for (at += by; at >= 0 && at < rows.length; at += by) {
      if (rows[at] > 0 && (record.isNotable(rows[at]) || bookmarks.has(rows[at]))) return select(rows[at], false);
    }
    return setTold(`No notable event ${by > 0 ? "after" : "before"} this one`);
  };
  const mark = () => current && setBookmarks(toggled(record.about, bookmarks, current));
  const copy = async () => {
    const address = `${location.href.split("#")[0]}#e${current}`;
    try {
      await navigator.clipboard.writeText(address);
      setTold("Link copied");
    } catch {
      setTold(address);
    }
  };
  const escape = () => {
    if (document.activeElement === searchRef.current) searchRef.current.blur();
    else if (opensDetail && innerWidth <= 820) setOpensDetail(false);
    else if (filter !== NO_FILTER) setFilter(NO_FILTER);
  };
  const overview = () => {
    setCurrent(0);
    setAddress(0);
    setOpensDetail(true);
  };
  const switchTheme = () => setThemeState(nextTheme(theme));
  const search = () => {
    searchRef.current.focus();
    searchRef.current.select();
  };
  const toCause = () => {
    const chain = current ? causesOf(record, current) : [];
    if (chain.length) select(chain.at(-1).cause);
  };
  useKeys({
    j: () => step(1), k: () => step(-1), n: () => toNotable(1), p: () => toNotable(-1), "/": search, "?": () => setHelp(true), b: mark,
    B: () => setAside(!aside), c: toCause, o: overview, y: () => current && copy(), t: switchTheme, Escape: escape,
    g: () => numbers.length && select(numbers[0], false), G: () => numbers.length && select(numbers.at(-1), false),
    Enter: () => current && setOpensDetail(true), 1: () => setTab("events"), 2: () => setTab("files"), 3: () => setTab("commands"),
  });
  useEffect(() => {
    const moved = () => setCurrent(eventInAddress(record));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, [record]);
  useEffect(() => {
    if (!told) return undefined;
    const timer = setTimeout(() => setTold(""), 4000);
    return () => clearTimeout(timer);
  }, [told]);
  if (printing) return html`<${Printed} record=${record} totals=${totals} bookmarks=${bookmarks} numbers=${numbers} />`;
  const notes = record.about.notes.filter((note) => note.at === current);
  return html`<div class=${`page ${aside ? "with-aside" : ""} ${opensDetail ? "detail-open" : ""}`}>
    <${Head} record=${record} totals=${totals} theme=${theme} bookmarks=${bookmarks} onTheme=${switchTheme} onHelp=${() => setHelp(true)}
      onOverview=${overview} onBookmarks=${() => setAside(!aside)} />
    <${Timeline} record=${record} current=${current} theme=${theme} onSelect=${select} />
    <main class="events-pane">
      <${Filters} record=${record} filter=${filter} found=${numbers.length} onFilter=${refilter} searchRef=${searchRef} />
      <div class="tabs" role="tablist" aria-label="Lists">${TABS.map(([name, label]) => html`<button role="tab" id=${`tab-${name}`} aria-selected=${tab === name} aria-controls="tab-panel" onClick=${() => setTab(name)}>${label}</button>`)}</div>
      <div class="panel" id="tab-panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
        ${tab === "events" && html`<${Events} record=${record} rows=${rows} current=${current} bookmarks=${bookmarks} onSelect=${select} onEnter=${() => setOpensDetail(true)} />`}
        ${tab === "files" && html`<${Files} record=${record} current=${current} onSelect=${select} query=${filter.query} />`}
        ${tab === "commands" && html`<${Commands} record=${record} current=${current} onSelect=${select} shown=${numbers} />`}
      </div>
    </main>
    <section class="detail-pane" ref=${detailRef} aria-label="Detail" tabindex="0">
      ${current ? html`<${Detail} key=${current} record=${record} number=${current} query=${filter.query} notes=${notes} bookmarked=${bookmarks.has(current)} onSelect=${select} onBookmark=${mark} onCopy=${copy} onClose=${() => setOpensDetail(false)} />`
        : html`<${Overview} record=${record} totals=${totals} onSelect=${select} onFilter=${refilter} />`}
    </section>
    ${aside && html`<${Bookmarks} record=${record} bookmarks=${bookmarks} current=${current} onSelect=${select} onClose=${() => setAside(false)} />`}
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
    <p class="toast" role="status">${told}</p>
  </div>`;
}

async function start() {
  setTheme(themeNow());
  const page = await opened();
  await filled(page, ["columns", "paths", "frames"]);
  const record = new Record(page.about, page.streams);
  const root = document.getElementById("app");
  const show = () => render(html`<${App} record=${record} loaded=${record.bodies.loaded} />`, root);
  await filled(page, ["bodies"], () => false);
  root.textContent = "";
  show();
  requestAnimationFrame(() => {
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  });
  await filled(page, ["bodies"]);
  show();
  document.documentElement.dataset.loaded = String(Math.round(performance.now()));
}

start().catch((error) => {
  document.getElementById("app").textContent = typeof DecompressionStream === "undefined" ? "This browser is too old to open this page." : `This page cannot be opened: ${error.message}`;
  throw error;
});
