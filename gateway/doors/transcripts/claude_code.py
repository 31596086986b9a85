"""Claude Code's transcripts (`~/.claude/projects/<folder>/<session>.jsonl`): the session and its subagents, in all
three layouts.

The format is not documented; facts are from users' measurements on versions 2.1.63 to 2.1.288. Unknown lines are passed
over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from gateway.analysis.usage.claude import SYNTHETIC, key_of, parsed
from gateway.analysis.usage.transcripts import requests_elsewhere
from gateway.doors.transcripts.claude_survey import Survey
from gateway.doors.transcripts.session import (
    Called,
    Entry,
    Finished,
    Found,
    Returned,
    Said,
    blocks_of,
    dict_in,
    json_lines,
    seconds,
    text_at,
    text_in,
    told,
)
from gateway.host.claude_files import (
    agent_of,
    head,
    main_transcripts,
    project_folders,
    session_of,
    subagent_transcripts,
)
from gateway.model.call import ToolCall, ToolResult
from gateway.model.event import ASSISTANT_RESPONSE, LLM_RESPONSE, NOTE, SESSION_END, SESSION_START, USER_PROMPT
from gateway.traces.decode import LONGEST_MS, number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NAME = "claude-code"
_NOT_TYPED = ("<command-name>", "<local-command-stdout>", "<local-command-caveat>", "<system-reminder>")
_LINES = (b'"parentUuid"', b'"sessionId"')


def recognises(path: str, start: bytes) -> bool:
    """Whether a file is one of ours."""
    return path.endswith(".jsonl") and all(mark in start for mark in _LINES)


def discover() -> Iterator[Found]:
    """Yield the transcripts of this user's sessions."""
    for folder in project_folders():
        for path in main_transcripts(folder):
            yield found(path)


def found(path: str) -> Found:
    """Return what is known of a transcript from its start."""
    cwd = next((text_at(line, "cwd") for line in _some(head(path)) if text_at(line, "cwd")), "")
    try:
        seen = os.stat(path)
    except OSError:
        return Found(NAME, session_of(path), path, cwd, 0, 0.0)
    return Found(NAME, session_of(path), path, cwd, seen.st_size, seen.st_mtime)


def _some(start: bytes) -> Iterator[JsonObject]:
    for raw in start.splitlines()[:50]:
        line = parsed(raw)
        if line is not None:
            yield line


def sessions_in(path: str) -> Iterator[Finished]:
    """Yield the session of a transcript, then its subagents', each linked to the call that started it. Raises
    OSError.
    """
    main = Survey(path)
    session = session_of(path)
    known = {session: main}
    yield _finished(main, session, requests_elsewhere(path))
    agents = [(agent_of(transcript), Survey(transcript)) for transcript in subagent_transcripts(path)]
    names = {agent: f"agent-{agent}-{session[:8]}" for agent, _ in agents}
    known |= {names[agent]: survey for agent, survey in agents}
    seen: set[str] = set()
    for agent, survey in agents:
        if agent in seen:
            continue
        seen.add(agent)
        starts = ((name, other.started(agent, survey.prompt)) for name, other in known.items() if other is not survey)
        parent, call = next(((name, call) for name, call in starts if call), (session, ""))
        yield _finished(survey, names[agent], {}, parent=parent, call=call)


def _finished(survey: Survey, session: str, elsewhere: dict[str, str], *, parent: str = "", call: str = "") -> Finished:
    facts = survey.facts
    cwd = facts.get("cwd", "/")
    return Finished(
        session,
        NAME,
        survey.path,
        cwd,
        survey.first,
        lambda: _entries(survey, session, elsewhere, subagent=bool(parent)),
        attribution=told(
            agent_provider=NAME,
            agent_version=facts.get("version", ""),
            git_branch=facts.get("gitBranch", ""),
            working_dir=facts.get("cwd", ""),
        ),
        parent=parent,
        parent_call=call,
    )


def _entries(survey: Survey, session: str, elsewhere: dict[str, str], *, subagent: bool) -> Iterator[Entry]:
    reader = _Reader(survey, session, elsewhere, subagent=subagent)
    begun = {"mode": "imported", "provider": NAME, "cwd": reader.cwd, "transcript_path": survey.path}
    yield Said(SESSION_START, begun, survey.first, "start")
    for number, line in enumerate(json_lines(survey.path)):
        yield from reader.line(number, line)
    yield Said(SESSION_END, {"reason": "imported"}, survey.last, f"end:{survey.last}")


class _Reader:
    """Translates line by line; keeps the folder and the time for lines that do not tell their own."""

    def __init__(self, survey: Survey, session: str, elsewhere: dict[str, str], *, subagent: bool) -> None:
        self.survey = survey
        self.session = session
        self.elsewhere = elsewhere
        self.subagent = subagent
        self.cwd = survey.facts.get("cwd", "/")
        self.at = survey.first

    def line(self, number: int, line: JsonObject) -> Iterator[Entry]:
        """Yield what one line tells."""
        self.at = seconds(line.get("timestamp")) or self.at
        self.cwd = text_at(line, "cwd") or self.cwd
        kind = line.get("type")
        if kind == "assistant":
            yield from self._response(number, line)
        elif kind == "user":
            yield from self._user(line)
        elif kind == "system" and line.get("subtype") == "compact_boundary":
            about = dict_in(line, "compactMetadata")
            yield Said(
                NOTE,
                {"hook_event": "Compaction", **told(trigger=about.get("trigger"), tokens=about.get("preTokens"))},
                self.at,
                _uuid(line),
            )

    def _response(self, number: int, line: JsonObject) -> Iterator[Entry]:
        message = dict_in(line, "message")
        model = text_at(message, "model")
        aside = {"is_sidechain": True} if line.get("isSidechain") and not self.subagent else {}
        for place, block in enumerate(blocks_of(message.get("content"))):
            if block.get("type") == "tool_use" and text_at(block, "id"):
                yield Called(self._call(block, line), self.at)
            elif block.get("type") == "text" and number in self.survey.texts and text_at(block, "text"):
                said = {"text": block["text"], **aside}
                if model == SYNTHETIC or line.get("isApiErrorMessage"):
                    said["synthetic"] = True
                yield Said(ASSISTANT_RESPONSE, said, self.at, f"{_uuid(line)}:{place}")
        key = self.survey.finals.get(number, "")
        if key in self.survey.usages:
            aside = {"is_sidechain": True} if not self.subagent and key not in self.survey.own else {}
            used = told(
                model=model, message_id=key, stop_reason=message.get("stop_reason"), usage=self.survey.usages[key]
            )
            yield Said(
                LLM_RESPONSE,
                {
                    **used,
                    **told(shared_with=self.elsewhere.get(key, ""), thinking=self.survey.thought.get(key)),
                    **aside,
                },
                self.at,
                f"usage:{key}",
            )

    def _call(self, block: JsonObject, line: JsonObject) -> ToolCall:
        return ToolCall(
            text_at(block, "name") or "unknown",
            block.get("input", {}),
            id=text_at(block, "id"),
            session=self.session,
            agent=NAME,
            cwd=self.cwd,
            context=self._context(line),
        )

    def _context(self, line: JsonObject) -> dict[str, object]:
        aside = True if line.get("isSidechain") and not self.subagent else None
        return told(
            permission_mode=text_at(line, "permissionMode"), agent_id=text_at(line, "agentId"), is_sidechain=aside
        )

    def _user(self, line: JsonObject) -> Iterator[Entry]:
        if line.get("isMeta") or line.get("isCompactSummary"):
            return
        content = dict_in(line, "message").get("content")
        blocks = blocks_of(content)
        for block in blocks:
            if block.get("type") == "tool_result":
                yield Returned(self._result(block, line), self.at)
        words = text_in(
            [block for block in blocks if block.get("type") == "text"] if isinstance(content, list) else content
        )
        if words and not words.lstrip().startswith(_NOT_TYPED):
            yield Said(USER_PROMPT, {"prompt": words, **self._context(line)}, self.at, _uuid(line))

    def _result(self, block: JsonObject, line: JsonObject) -> ToolResult:
        name = text_at(block, "tool_use_id")
        structured = line.get("toolUseResult")
        failed = block.get("is_error") is True
        whole = isinstance(structured, dict | list) and not failed
        duration = (
            structured.get("durationMs", structured.get("totalDurationMs")) if isinstance(structured, dict) else None
        )
        return ToolResult(
            self.survey.tools.get(name, ""),
            structured if whole else text_in(block.get("content")),
            id=name,
            session=self.session,
            agent=NAME,
            failed=failed,
            duration_ms=number_in(duration, LONGEST_MS),
            cwd=self.cwd,
            context=self._context(line),
        )


def _uuid(line: JsonObject) -> str:
    return text_at(line, "uuid") or key_of(line) or str(line.get("timestamp"))
