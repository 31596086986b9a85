"""Watch: follows one session, shows it, tells of limits that are reached, and pauses or stops the agent where that is
wanted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import typer

from gateway.analysis.event_text import one_line
from gateway.analysis.limit_monitor import Alert, Watched
from gateway.analysis.store_overview import sparkline
from gateway.analysis.usage_meter import metered
from gateway.authoring.watch_rules import Rules
from gateway.checkpoint import Checkpoint, Settings
from gateway.host.alerting import Posts, to_file
from gateway.host.output import redraw
from gateway.host.processes import Process, agent_of
from gateway.host.writing import PRIVATE, write_text
from gateway.model.errors import GatewayError
from gateway.model.event import NOTE, SESSION_END, SESSION_START, Event
from gateway.model.passage import Capabilities
from gateway.policy.limits.evaluate import METERED
from gateway.reports.colors import RED, painter
from gateway.reports.replay.event_lines import Lines
from gateway.traces.follow import follow
from gateway.traces.reader import meta

INTERVAL = 0.5


class Watch:
    """One session being watched.

    reached  alerts so far
    """

    def __init__(self, store: str, session: str, rules: Rules, *, action: str, dry_run: bool, as_json: bool) -> None:
        self.store = store
        self.session = session
        self.action = action
        self.dry_run = dry_run
        self.as_json = as_json
        self.seen = Watched(list(rules.limits))
        self.reached: list[Alert] = []
        self._meter: dict[str, Any] = {}
        self._transcript = ""
        self._metered = any(limit["name"] in METERED for limit in rules.limits)
        self._file, self._webhook = "", ""
        self._posts = Posts(_warned)
        self._status = sys.stderr.isatty() and not as_json
        self.ended = False
        self._caught_up = False

    def outlets(self, file: str, webhook: str) -> None:
        """Tell of alerts in a file and at an address, too."""
        self._file, self._webhook = file, webhook

    def follow(self, context: typer.Context, *, idle: float = 0.0) -> bool:
        """Follow the session until it ends, the agent was stopped, or a person interrupts; return whether a limit was
        reached.
        """
        lines = Lines(painter(context))
        quiet_since = time.monotonic()
        try:
            for event in follow(self.store, self.session, interval=INTERVAL):
                if event is None:
                    self._look(context)
                    if self.ended or (idle and time.monotonic() - quiet_since > idle):
                        break
                    continue
                quiet_since = time.monotonic()
                self._take(event, lines, context)
        except KeyboardInterrupt:
            pass
        finally:
            self._posts.finish()
        self._clear_status()
        return bool(self.reached)

    def unseen(self) -> list[str]:
        """Return the limits that could not be watched: nothing tells what they are on."""
        if not self._metered or not self.seen.events:
            return []
        known = {name for name, value in self._usage().items() if value > 0}
        return sorted(
            {limit["rule"] for limit in self.seen.limits if limit["name"] in METERED and limit["name"] not in known}
        )

    def _look(self, context: typer.Context) -> None:
        """Look at the session while nothing happens; the first time, at all that has happened before it was watched."""
        if not self._caught_up:
            self._caught_up = True
            if not self.ended:
                self.seen.forget()
        if self.seen.events and not self.ended:
            self._tell(self.seen.look(time.time(), self._usage()), context)
        self._show_status()

    def _take(self, event: Event, lines: Lines, context: typer.Context) -> None:
        if event.type == SESSION_START:
            self._transcript = str(event.data.get("transcript_path") or self._transcript)
            self.ended = False
        alerts = self.seen.add(event, self._usage())
        if not self.as_json:
            self._clear_status()
            sys.stdout.write(lines.of(self.seen.events, event, event.timestamp - self.seen.first))
            sys.stdout.flush()
        if event.type == SESSION_END:
            self.ended = True
        self._tell(alerts, context)

    def _usage(self) -> dict[str, float]:
        return metered(self._meter, self.seen.tally["usage"], self._transcript) if self._metered else {}

    def _tell(self, alerts: list[Alert], context: typer.Context) -> None:
        for alert in alerts:
            self.reached.append(alert)
            data = alert.data(self.session)
            if self.as_json:
                sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
                sys.stdout.flush()
            else:
                source = f" [{alert.reason.source}]" if alert.reason.source else ""
                sys.stdout.write(painter(context)(f"⚠ #{alert.number} {alert.reason.text}{source}", RED) + "\n")
            if not self._caught_up:
                continue  # it is over; whether it still holds is seen when all of the past is
            action = "stop" if alert.ends else self.action
            if action != "alert":
                self._act(action, alert)
            self._send(data)

    def _send(self, data: dict[str, Any]) -> None:
        """Send an alert on its ways; one that is closed is told and does not end the watch. The webhook is not waited
        for here.
        """
        if self._file:
            try:
                to_file(self._file, data)
            except GatewayError as error:
                _warned(error)
        if self._webhook:
            self._posts.post(self._webhook, data)

    def _act(self, action: str, alert: Alert) -> None:
        process = agent_of(meta(self.store, self.session).get("attribution"))
        if process is None or not process.alive:
            sys.stderr.write(
                "agent-strace: warning: the agent's process is not known, or gone: nothing was signalled\n"
            )
            return
        if self.dry_run:
            sys.stderr.write(
                f"would have {'stopped' if action == 'stop' else 'paused'} process {process.pid} ({process.name})\n"
            )
            return
        try:
            how = process.end() if action == "stop" else _paused(process)
        except GatewayError as error:
            sys.stderr.write(f"agent-strace: warning: {error}\n")
            return
        self._record(action, alert, process, how)
        self.ended = self.ended or action == "stop"

    def _record(self, action: str, alert: Alert, process: Process, how: str) -> None:
        """Keep what was done and why: as an event, and when the agent was stopped as a postmortem beside the events."""
        done = {"stop": "stopped", "pause": "paused"}[action]
        sys.stderr.write(f"{done} process {process.pid} ({process.name}): {alert.reason.text}\n")
        data = {
            "hook_event": "watch",
            "text": f"{done} the agent: {alert.reason.text}",
            "pid": process.pid,
            "signal": how,
            "rule": alert.reason.rule,
        }
        problem = Checkpoint(Settings(Capabilities(), trace_dir=self.store)).note(
            NOTE, self.session, data, cwd=os.getcwd()
        )
        if problem:
            sys.stderr.write(f"agent-strace: warning: not recorded: {problem}\n")
        if action == "stop":
            path = write_postmortem(self.store, self.session, self.postmortem(alert, process, how))
            sys.stderr.write(f"postmortem: {path}\n")

    def postmortem(self, alert: Alert, process: Process, how: str) -> dict[str, Any]:
        """Return what was known when the agent was stopped."""
        seen = self.seen
        return {
            **alert.data(self.session),
            "process": {
                "pid": process.pid,
                "started": process.started,
                "name": process.name,
                "signal": how,
                "ended": not process.alive,
            },
            "events": seen.events,
            "seconds": round(seen.last - seen.first, 3),
            "tool_calls": seen.tally["calls"],
            "errors": seen.tally["errors"],
            "verdicts": seen.verdicts,
            "usage": self._usage(),
        }

    def _show_status(self) -> None:
        if self._status:
            seen = self.seen
            verdicts = " ".join(f"{count} {effect}" for effect, count in sorted(seen.verdicts.items()))
            bars = sparkline(seen.bars(time.time()))
            redraw(f"{bars}  {seen.tally['calls']} calls, {seen.tally['errors']} errors  {one_line(verdicts)}")

    def _clear_status(self) -> None:
        if self._status:
            redraw("")


def _warned(error: GatewayError) -> None:
    sys.stderr.write(f"agent-strace: warning: {error}\n")


def _paused(process: Process) -> str:
    process.pause()
    return "SIGSTOP"


def write_postmortem(store: str, session: str, value: dict[str, Any]) -> str:
    """Write a session's postmortem and return its path. Raises OSError."""
    path = f"{store}/{session}/postmortem.json"
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False), mode=PRIVATE)
    return path
