"""Which call started a subagent whose events stand in the session of its parent, found among the events before one of
its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from gateway.analysis.event_text import arguments_of, tool_of
from gateway.analysis.prompts import prompt_of
from gateway.model.event import ERROR, SUBAGENT_START, TOOL_CALL, TOOL_RESULT, Event
from gateway.traces.event_lookup import Backlog

MAX_BYTES = 8 * 1024 * 1024
"""How far before a subagent's start its call is looked for."""
STARTING_TOOLS = ("Agent", "Task")
"""Claude Code's tool that starts a subagent, and its name before 2.1."""
DEFAULT_TYPE = "general-purpose"
"""The subagent that a call without a type starts."""


def agent_of(event: Event) -> str:
    """Return the id of the subagent that an event is of, "" for the session's own agent."""
    agent = event.data.get("agent_id")
    return agent if isinstance(agent, str) else ""


def own_prompt_before(backlog: Backlog, event: Event, number: int) -> int:
    """Return the number of a person's last prompt before an event, not another subagent's; 0 when there is none."""
    prompt = backlog.prompt_before(number)
    while prompt and (
        prompt_of(backlog.event(prompt)) is None or agent_of(backlog.event(prompt)) not in ("", agent_of(event))
    ):
        prompt = backlog.prompt_before(prompt)
    return prompt


def start_of(backlog: Backlog, event: Event, number: int) -> int:
    """Return the number of the call that started an event's subagent; its SUBAGENT_START where no call fits, 0 where
    that is not in this session either.
    """
    agent = agent_of(event)
    if not agent:
        return 0
    start, started = (number, event) if event.type == SUBAGENT_START else (0, event)
    for other in backlog.holding(_quoted(agent), number, number * MAX_BYTES) if not start else ():
        candidate = backlog.event(other)
        if candidate.type == TOOL_RESULT and _result_agent(candidate) == agent:
            return _call_answered(backlog, candidate, other)
        if not start and candidate.type == SUBAGENT_START and agent_of(candidate) == agent:
            start, started = other, candidate
    if not start:
        return 0
    return _open_call(backlog, started, start) or (start if start != number else 0)


def _open_call(backlog: Backlog, started: Event, start: int) -> int:
    """Return the call that was waiting when a subagent started. Several of one type wait in the order in which their
    subagents start.
    """
    kind = started.data.get("agent_type") or DEFAULT_TYPE
    waiting = [other for other in _calls_before(backlog, start, kind) if not _answered(backlog, other, start)][::-1]
    if not waiting:
        return 0
    before = 0
    for other in backlog.holding(_quoted(SUBAGENT_START), start, MAX_BYTES):
        if other < waiting[0]:
            break
        earlier = backlog.event(other)
        before += earlier.type == SUBAGENT_START and (earlier.data.get("agent_type") or DEFAULT_TYPE) == kind
    return waiting[min(before, len(waiting) - 1)]


def _calls_before(backlog: Backlog, number: int, kind: object) -> Iterator[int]:
    """Yield the calls before an event that start a subagent of a type, the latest first."""
    numbers = {other for tool in STARTING_TOOLS for other in backlog.holding(_quoted(tool), number, MAX_BYTES)}
    for other in sorted(numbers, reverse=True):
        call = backlog.event(other)
        starts = call.type == TOOL_CALL and tool_of(call) in STARTING_TOOLS
        if starts and (arguments_of(call).get("subagent_type") or DEFAULT_TYPE) == kind:
            yield other


def _answered(backlog: Backlog, number: int, before: int) -> bool:
    """Whether a call had its result before an event."""
    call = backlog.event(number)
    for name in filter(None, (call.id, call.data.get("tool_use_id"))):
        for other in backlog.holding(_quoted(name), before, MAX_BYTES):
            if other <= number:
                break
            if _answers(backlog.event(other), call):
                return True
    return False


def _call_answered(backlog: Backlog, answer: Event, number: int) -> int:
    for name in filter(None, (answer.parent, answer.data.get("tool_use_id"))):
        for other in backlog.holding(_quoted(name), number, number * MAX_BYTES):
            call = backlog.event(other)
            if call.type == TOOL_CALL and _answers(answer, call):
                return other
    return 0


def _answers(answer: Event, call: Event) -> bool:
    if answer.type not in (TOOL_RESULT, ERROR):
        return False
    name = answer.data.get("tool_use_id")
    return answer.parent == call.id != "" or (name is not None and name == call.data.get("tool_use_id"))


def _result_agent(event: Event) -> object:
    outcome = event.data.get("result")
    return outcome.get("agentId") if isinstance(outcome, dict) else None


def _quoted(value: object) -> bytes:
    return json.dumps(value).encode()
