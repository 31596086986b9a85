"""`replay`: a session as it happened, with event numbers, times and verdicts."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Annotated

import typer

from gateway.analysis.event_text import length, one_line, verdict_of
from gateway.analysis.index import SessionIndex, fresh_index, offset_before, session_index
from gateway.analysis.session_clock import Clock
from gateway.analysis.subagents import Family, family
from gateway.analysis.summary import Summary
from gateway.model.errors import NothingError
from gateway.model.event import ERROR, EVENT_TYPES, TOOL_CALL, Event
from gateway.reports.arguments import SessionName, folder_of, json_text, named, store_of, warned
from gateway.reports.colors import Paint, painter
from gateway.reports.pager import Write, paged
from gateway.reports.replay.event_lines import Lines, data_of
from gateway.reports.replay.session_tree import print_tree
from gateway.traces.reader import events, meta, shown_events

_RULE = "─" * 50
LONGEST_PAUSE = 10.0
"""Seconds that a pause of `--live` lasts at most; a longer one is told."""
MAX_DEPTH = 32
_IN_MEMORY = 4 * 1024 * 1024
_AT_ONCE = 1_000
"""Events that are written together."""

Judge = Callable[[Event], str]


def command(
    context: typer.Context,
    session: SessionName = "",
    only: Annotated[
        str, typer.Option("--filter", metavar="TYPES", help="Only events of these types, comma-separated.")
    ] = "",
    live: Annotated[bool, typer.Option("--live", help="Play back with the recorded pauses.")] = False,
    speed: Annotated[
        float, typer.Option("--speed", metavar="N", help="Playback speed: N times as fast as recorded.", min=0.01)
    ] = 1.0,
    expand: Annotated[
        bool, typer.Option("--expand-subagents", help="Subagents' sessions under the call that started them.")
    ] = False,
    tree: Annotated[bool, typer.Option("--tree", help="Only the hierarchy of sessions.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="At most N events.", min=1)] = None,
    first: Annotated[int, typer.Option("--from", metavar="N", help="Start at event N.", min=1)] = 1,
    policy: Annotated[
        str, typer.Option("--policy", metavar="FILE", help="Show what another policy would have said of each call.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line, one line per event.")] = False,
) -> None:
    """Replay a session."""
    store, name = store_of(context), named(context, session)
    if tree:
        print_tree(store, name, as_json=as_json)
        return
    wanted = frozenset(filter(None, (part.strip() for part in only.split(","))))
    replay = _Replay(store, painter(context), wanted)
    replay.limit = limit or 0
    replay.speed = speed if live else 0.0
    replay.as_json = as_json
    replay.judge = _judge(policy, folder_of(store, name)) if policy else None
    replay.family = family(store) if expand else None
    index = fresh_index(store, name)
    whole = not (live or as_json or wanted or limit or expand or policy or first > 1 or sys.stdout.isatty())
    if index is None and whole:
        _in_one_pass(replay, name)
        return
    index = index or session_index(store, name, warned)
    replay.check(index.summary)
    if first > max(index.summary.events, 1):
        raise NothingError(f"no event #{first}; the session has {index.summary.events}")
    with paged(wanted=not (live or as_json)) as write:
        replay.write = write
        if not as_json:
            write(_heading(store, name, _Totals(index.summary)))
        replay.session(name, index, first=first)


class _Totals:
    """What stands above a replay."""

    def __init__(self, summary: Summary | None = None) -> None:
        verdicts = summary.verdicts if summary else {}
        self.seconds = summary.seconds if summary else 0.0
        self.calls = summary.calls if summary else 0
        self.errors = summary.errors if summary else 0
        self.denied, self.asked = verdicts.get("deny", 0), verdicts.get("ask", 0)

    def add(self, event: Event) -> None:
        """Take in a call or an error."""
        if event.type == ERROR:
            self.errors += 1
            return
        self.calls += 1
        effect = verdict_of(event)
        if effect != "allow":
            self.denied += effect == "deny"
            self.asked += effect == "ask"


def _in_one_pass(replay: _Replay, name: str) -> None:
    """Show a whole session whose totals are not known yet: they stand above its events, and are only known below
    them.
    """
    totals, own, lines = _Totals(), Clock(), replay.lines
    parts: list[str] = []
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogateescape") as body:
        for number, event in enumerate(shown_events(replay.store, name, warned), 1):
            parts.append(lines.of(number, event, own.at(event.timestamp)))
            if event.type in _COUNTED:
                totals.add(event)
            if len(parts) >= _AT_ONCE:
                body.write("".join(parts))
                parts.clear()
        body.write("".join(parts))
        totals.seconds = own.elapsed
        sys.stdout.write(_heading(replay.store, name, totals))
        body.seek(0)
        while block := body.read(1 << 20):
            sys.stdout.write(block)


_COUNTED = frozenset((TOOL_CALL, ERROR))


class _Replay:
    """What was asked for, and how far it is."""

    def __init__(self, store: str, paint: Paint, wanted: frozenset[str]) -> None:
        self.store = store
        self.lines = Lines(paint)
        self.wanted = wanted
        self.limit = 0
        self.speed = 0.0
        self.as_json = False
        self.judge: Judge | None = None
        self.family: Family | None = None
        self.write: Write = sys.stdout.write
        self.shown = 0
        self._told: set[str] = set()

    def check(self, summary: Summary) -> None:
        """Refuse a filter that names no type there is."""
        unknown = sorted(self.wanted - {*EVENT_TYPES, *summary.types})
        if unknown:
            here = ", ".join(sorted(summary.types))
            raise typer.BadParameter(f"unknown event type `{unknown[0]}`; here are {here}", param_hint="--filter")

    def session(self, name: str, index: SessionIndex | None = None, *, first: int = 1, depth: int = 0) -> None:
        """Show a session from an event on, and below its calls the sessions they started."""
        self._told.add(name)
        indent = "│ " * depth
        before = 0.0
        for number, event, at in self._numbered(name, index, first):
            if self.limit and self.shown >= self.limit:
                return
            if not self.wanted or event.type in self.wanted:
                if self.speed:
                    self._pause(at - before)
                self._event(name, number, event, at, indent)
                self.shown += 1
                before = at
            if self.family is not None and event.type == TOOL_CALL and depth < MAX_DEPTH:
                self._children(self.family.of_event(name, event.id), depth)
        if self.family is not None and depth < MAX_DEPTH:
            self._children(self.family.of_session(name), depth)

    def _children(self, names: list[str], depth: int) -> None:
        for child in names:
            if child not in self._told and not (self.limit and self.shown >= self.limit):
                if not self.as_json:
                    agent = meta(self.store, child).get("agent_name")
                    self.write(
                        f"{'│ ' * (depth + 1)}▶ {child[:16]}{f' agent={one_line(str(agent), 40)}' if agent else ''} depth={depth + 1}\n"
                    )
                self.session(child, depth=depth + 1)

    def _numbered(self, name: str, index: SessionIndex | None, first: int) -> Iterator[tuple[int, Event, float]]:
        """Yield (number, event, seconds since the session began), jumping to the place where that can be done."""
        clock, number, offset = Clock(), 1, 0
        if first > 1 and index is not None and not index.summary.clock_steps and self.judge is None:
            number, offset = offset_before(index, first)
            clock = Clock.since(index.summary.clock[0])
        warn = warned if index is None and not offset else None
        found = events(self.store, name, warn) if self.judge else shown_events(self.store, name, warn, offset=offset)
        for at, event in enumerate(found, number):
            seconds = clock.at(event.timestamp)
            if at >= first:
                yield at, event, seconds

    def _event(self, name: str, number: int, event: Event, at: float, indent: str) -> None:
        judge = self.judge(event) if self.judge is not None and event.type == TOOL_CALL else ""
        if self.as_json:
            data = data_of(number, event, at, name, len(indent) // 2) | (
                {"policy": judge} if self.judge is not None else {}
            )
            self.write(json_text(data) + "\n")
            return
        text = self.lines.of(number, event, at)
        if judge:
            text += f"{' ' * 21}{judge}\n"
        self.write("".join(indent + line for line in text.splitlines(True)) if indent else text)

    def _pause(self, seconds: float) -> None:
        sys.stdout.flush()
        wait = seconds / self.speed
        if wait > LONGEST_PAUSE:
            self.write(f"       … {length(seconds)} later\n")
        if wait > 0:
            time.sleep(min(wait, LONGEST_PAUSE))


def _judge(path: str, folder: str) -> Judge:
    """Return a function that tells what a policy says of a recorded call."""
    from gateway.analysis.replay_decision import rejudged
    from gateway.host.policy_files import load_policy
    from gateway.model.effects import EFFECTS

    policy = load_policy((folder,), explicit=os.path.abspath(path))

    def judge(event: Event) -> str:
        _, decision = rejudged(policy, event, folder)
        reason = decision.reasons[0]
        source = f" [{reason.source}]" if reason.source else ""
        return one_line(f"under this policy: {EFFECTS[decision.effect]}: {reason.text} ({reason.rule}){source}", 300)

    return judge


def _heading(store: str, name: str, totals: _Totals) -> str:
    noted = meta(store, name)
    attribution = noted.get("attribution")
    agent = noted.get("agent_name") or (attribution.get("agent_provider") if isinstance(attribution, dict) else "")
    lines = ["Session Summary", _RULE, f"  Session:    {name[:16]}"]
    if noted.get("command"):
        lines.append(f"  Command:    {one_line(str(noted['command']))}")
    if agent:
        lines.append(f"  Agent:      {one_line(str(agent), 60)}")
    lines += [f"  Duration:   {totals.seconds:.2f}s", f"  Tool calls: {totals.calls}", f"  Errors:     {totals.errors}"]
    if totals.denied or totals.asked:
        lines.append(f"  Blocked:    {totals.denied}, asked: {totals.asked}")
    return "\n".join([*lines, _RULE, ""])
