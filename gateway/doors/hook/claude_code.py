"""Claude Code's hooks (code.claude.com/docs/en/hooks; payloads and answers recorded from versions 2.1.197 and 2.1.330).

Only exit code 2 always blocks; exit 1, a traceback, a timeout or noise around the JSON let the call through. So a
denial is said three ways at once: the nested JSON, the same reason on stderr, exit 2. Allowing is silence: printing
`allow` would skip the client's own prompts.
"""

from __future__ import annotations

from gateway.doors.hook.arrival import Arrival, Reply, SessionEvent
from gateway.lane_os import os
from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import FORWARD
from gateway.model.effects import ASK, DENY
from gateway.model.errors import ProtocolError
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    NOTE,
    SESSION_END,
    SESSION_START,
    SUBAGENT_START,
    SUBAGENT_STOP,
    USER_PROMPT,
)
from gateway.model.json_text import dumps_ascii
from gateway.model.passage import Capabilities, Passage, Return
from gateway.model.record import replaced

NAME = "claude-code"
CAPABILITIES = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)

EVENTS = {
    "session-start": "SessionStart",
    "session-end": "SessionEnd",
    "user-prompt": "UserPromptSubmit",
    "pre-tool": "PreToolUse",
    "post-tool": "PostToolUse",
    "post-tool-failure": "PostToolUseFailure",
    "stop": "Stop",
}
"""The short names of the command line."""

BLOCKING = frozenset(("PreToolUse",))
"""Events that decide about a call: whatever goes wrong there refuses it."""

RESULTS = frozenset(("PostToolUse", "PostToolUseFailure"))
"""Events that bring an output: whatever goes wrong there withholds it, where policy may take something out of it."""

COMPLETING = frozenset(("Stop", "StopFailure", "SubagentStop", "SessionEnd"))
"""Events after which the transcript tells of what hooks do not carry."""

_CALLS = ("PreToolUse",)
_SESSION_EVENTS = {
    "SessionStart": (SESSION_START, ("source", "model", "agent_type", "session_title")),
    "SessionEnd": (SESSION_END, ("reason",)),
    "UserPromptSubmit": (USER_PROMPT, ("prompt",)),
    "Stop": (ASSISTANT_RESPONSE, ("last_assistant_message", "stop_hook_active", "background_tasks")),
    "StopFailure": (ASSISTANT_RESPONSE, ("last_assistant_message", "error", "error_details")),
    "SubagentStart": (SUBAGENT_START, ()),
    "SubagentStop": (SUBAGENT_STOP, ("last_assistant_message", "agent_transcript_path", "stop_hook_active")),
}
_RENAMED = {"last_assistant_message": "text", "source": "mode"}
_CONTEXT = ("agent_id", "agent_type", "permission_mode", "prompt_id", "mcp_server", "is_interrupt")
_COMMON = frozenset(
    ("session_id", "transcript_path", "cwd", "scratchpad_dir", "permission_mode", "effort", "prompt_id")
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Payload = dict[str, Any]


def read(event: str, payload: Payload) -> Arrival:
    """Return what a payload tells of. Raises ProtocolError when it lacks what the event must have."""
    name = _text(payload, "hook_event_name") or EVENTS.get(event, event)
    session = _text(payload, "session_id") or "unknown"
    cwd = _folder(payload)
    folder = os.environ.get("CLAUDE_PROJECT_DIR", "")
    folder = folder if folder.startswith("/") else ""  # the client names its folder in full; anything else is no folder
    if event in BLOCKING or EVENTS.get(event) in BLOCKING or name in _CALLS:
        return Arrival(
            call=_call(payload, session, cwd),
            folder=folder,
            transcript=_text(payload, "transcript_path"),
            unattended=_is_unattended(payload),
        )
    if name in RESULTS:
        return Arrival(result=_result(payload, session, cwd, failed=name == "PostToolUseFailure"), folder=folder)
    over = _text(payload, "transcript_path") if name in COMPLETING else ""
    return Arrival(event=_session_event(str(name), payload, session, cwd), folder=folder, transcript=over)


def _is_unattended(payload: Payload) -> bool:
    """Whether the client refuses what a hook asks about, without asking anybody: in `dontAsk`, and in `claude -p`
    (which names itself `sdk-cli` to its hooks, 2.1.332) unless it was given a tool that answers for a person.
    """
    if payload.get("permission_mode") == "dontAsk":
        return True
    if os.environ.get("CLAUDE_CODE_ENTRYPOINT", "") != "sdk-cli":
        return False
    from gateway.host.attribution import was_started_with

    return not was_started_with("--permission-prompt-tool")


def _call(payload: Payload, session: str, cwd: str) -> ToolCall:
    tool = _text(payload, "tool_name")
    if not tool:
        raise ProtocolError("the payload names no tool")
    return ToolCall(
        tool,
        payload.get("tool_input", {}),
        id=_text(payload, "tool_use_id"),
        session=session,
        agent=NAME,
        cwd=cwd,
        context={key: payload[key] for key in _CONTEXT if key in payload},
    )


def _result(payload: Payload, session: str, cwd: str, *, failed: bool) -> ToolResult:
    duration = payload.get("duration_ms")
    return ToolResult(
        _text(payload, "tool_name"),
        payload.get("error" if failed else "tool_response"),
        id=_text(payload, "tool_use_id"),
        session=session,
        agent=NAME,
        failed=failed,
        duration_ms=duration if isinstance(duration, int | float) and not isinstance(duration, bool) else None,
        cwd=cwd,
        context={key: payload[key] for key in _CONTEXT if key in payload},
    )


def _session_event(name: str, payload: Payload, session: str, cwd: str) -> SessionEvent:
    kind, fields = _SESSION_EVENTS.get(name, (NOTE, tuple(key for key in payload if key not in _COMMON)))
    data: Payload = {_RENAMED.get(key, key): payload[key] for key in fields if key in payload}
    data |= {key: payload[key] for key in ("agent_id", "agent_type") if key in payload}
    if kind in (NOTE, ASSISTANT_RESPONSE):
        data["hook_event"] = name
    if kind == SESSION_START:
        data |= {"provider": NAME, "cwd": cwd, "transcript_path": payload.get("transcript_path", "")}
    return SessionEvent(kind, session, data, cwd=cwd, start=kind == SESSION_START)


def _folder(payload: Payload) -> str:
    """Return the call's working folder. Raises ProtocolError where it is no name that a folder can have."""
    cwd = _text(payload, "cwd") or os.getcwd()
    try:
        cwd.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise ProtocolError("the payload's `cwd` is no path: half of a character stands in it") from None
    if "\0" in cwd:
        raise ProtocolError("the payload's `cwd` is no path: a NUL stands in it")
    return cwd


def _text(payload: Payload, key: str) -> str:
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def reply(passage: Passage) -> Reply:
    """Return the answer to a PreToolUse event."""
    if passage.effect == DENY:
        return refusal(passage.text, stop=passage.stop)
    if passage.effect == ASK:
        return Reply(0, _decision("ask", passage.text, changed=passage.call.arguments if passage.rewritten else None))
    if passage.rewritten:
        return Reply(
            0,
            dumps_ascii(
                {"hookSpecificOutput": {"hookEventName": "PreToolUse", "updatedInput": passage.call.arguments}}
            ),
        )
    return Reply(0, stderr=passage.text)


def refusal(text: str, *, stop: bool = False) -> Reply:
    """Return the answer that stops a call, whatever version of the client reads it; `stop` asks it to end the session,
    too.
    """
    return Reply(2, _decision("deny", text, stop=stop), text + "\n")


def _decision(word: str, text: str, *, stop: bool = False, changed: object = None) -> str:
    payload: Payload = {"hookEventName": "PreToolUse", "permissionDecision": word, "permissionDecisionReason": text}
    payload |= {"updatedInput": changed} if changed is not None else {}
    return dumps_ascii({"hookSpecificOutput": payload, **({"continue": False, "stopReason": text} if stop else {})})


def reply_result(returned: Return) -> Reply:
    """Return the answer to a PostToolUse event: silence, or the rewritten output in the tool's own shape."""
    if returned.withheld:
        return withheld(returned.withheld, returned.result)
    if not returned.changed:
        return Reply(0, stderr=returned.refused)
    if returned.result.failed:
        return Reply(
            0,
            dumps_ascii(
                {"hookSpecificOutput": {"hookEventName": "PostToolUseFailure", "additionalContext": _UNCLEANED}}
            ),
        )
    said = {"hookEventName": "PostToolUse", "updatedToolOutput": returned.result.output}
    return Reply(0, dumps_ascii({"hookSpecificOutput": said}), returned.refused)


_UNCLEANED = (
    "agent-strace: this output holds what policy takes out, and the output of a command that fails cannot be rewritten here."
    " Do not repeat it. Run such commands as `agent-strace exec --redact -- COMMAND`, which cleans what they print."
)


def withheld(problem: str, result: ToolResult | None, event: str = "PostToolUse") -> Reply:
    """Return the answer to a result that could not be cleaned: a notice instead of it, in the tool's own shape.

    result  what came, or None where that could not be read: then the client is asked to stop, since it ignores an
            output of another
            shape for its own tools (2.1.330: a string for Bash or Read is dropped in silence, and the model reads the
            original)
    """
    text = (
        f"[withheld by agent-strace: this output could not be cleaned ({problem}), so it is not shown. A person must fix this;"
        " `agent-strace policy check` says whether it is the policy. The call itself has run: do not repeat it.]"
    )
    if EVENTS.get(event, event) == "PostToolUseFailure" or (result is not None and result.failed):
        payload: Payload = {"hookEventName": "PostToolUseFailure", "additionalContext": f"{_UNCLEANED} {text}"}
        return Reply(0, dumps_ascii({"hookSpecificOutput": payload}), text + "\n")
    payload = {
        "hookEventName": "PostToolUse",
        "updatedToolOutput": text if result is None else with_notice(result.output, text),
    }
    stop = {"continue": False, "stopReason": text} if result is None else {}
    return Reply(0, dumps_ascii({"hookSpecificOutput": payload, **stop}), text + "\n")


_KINDS = frozenset(("type", "status", "mode", "role"))
"""Members whose text says what an object is: the client checks them against the tool's own shape."""
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
"""A PNG of one transparent pixel, for what must be a picture."""


def with_notice(output: object, notice: str) -> object:
    """Return an output of the same shape that holds a notice in the place of each text, and of each picture nothing."""
    if isinstance(output, str):
        return notice
    if isinstance(output, list):
        return [with_notice(item, notice) for item in output[:1]]
    if not isinstance(output, dict):
        return output
    if output.get("type") == "image" and isinstance(output.get("source"), dict):
        return {"type": "text", "text": notice}
    out: Payload = {}
    for key, value in output.items():
        kind = (
            key in _KINDS
            and isinstance(value, str)
            and len(value) < 40
            and value.replace("_", "").replace("/", "").isalnum()
        )
        out[key] = value if kind else _PIXEL if key == "base64" else with_notice(value, notice)
    if "base64" in output:
        out["type"] = "image/png"
    return out


def behind_exec(passage: Passage, command: tuple[str, ...], options: tuple[str, ...] = ()) -> Passage:
    """Return a passage whose shell command runs behind `exec`, so that its output is clean even where the command
    fails.

    Only where policy takes something out of what is passed on. What the command does to its shell (`cd`, variables)
    ends with it.
    """
    given = passage.call.arguments
    named = given if isinstance(given, dict) else {}
    line = named.get("command") if passage.call.tool == "Bash" else None
    obliged = passage.decision is not None and any(
        obligation.reach == FORWARD for obligation in passage.decision.obligations
    )
    if passage.effect == DENY or not obliged or not isinstance(line, str):
        return passage
    words = (*command, "exec", "--redact", *options, "--", "bash", "-c", line)
    text = " ".join(
        word if word.replace("-", "").isalnum() else "'" + word.replace("'", "'\\''") + "'" for word in words
    )
    changed: Passage = replaced(
        passage, call=replaced(passage.call, arguments={**named, "command": text}), rewritten=True
    )
    return changed


def settings_path(project: str, *, for_all: bool, local: bool = False) -> str:
    """Return the settings file: the project's, this machine's own of it, or the user's, which `CLAUDE_CONFIG_DIR`
    moves.
    """
    if not for_all:
        return f"{project}/.claude/settings{'.local' * local}.json"
    from os.path import expanduser

    return f"{os.environ.get('CLAUDE_CONFIG_DIR') or expanduser('~/.claude')}/settings.json"


def settings_snippet(command: tuple[str, ...], options: tuple[str, ...] = ()) -> str:
    """Return our `hooks` object as JSON."""
    from json import dumps

    return dumps({"hooks": _entries(command, options)}, indent=2) + "\n"


def with_hooks(text: str, command: tuple[str, ...], options: tuple[str, ...] = ()) -> str:
    """Return the settings with our hooks in place. Raises GatewayError when they are not a JSON object."""
    from gateway.doors.hook.hook_settings import edited, merged

    return edited(text, lambda settings: merged(settings, _entries(command, options)))


def without_hooks(text: str) -> str:
    """Return the settings without our hooks. Raises GatewayError when they are not a JSON object."""
    from gateway.doors.hook.hook_settings import edited, removed

    return edited(text, removed)


def has_hooks(text: str) -> bool:
    """Whether our PreToolUse hook is in the settings. Raises GatewayError when they are not a JSON object."""
    from gateway.doors.hook.hook_settings import installed
    from gateway.host.settings_files import parse_settings

    return installed(parse_settings(text).value, "PreToolUse")


def kill_switch(text: str) -> str:
    """Return `disableAllHooks` where the settings turn hooks off with it (any file of the agent's may). Raises
    GatewayError.
    """
    from gateway.host.settings_files import parse_settings

    return "disableAllHooks" if parse_settings(text).value.get("disableAllHooks") is True else ""


def _entries(command: tuple[str, ...], options: tuple[str, ...]) -> Payload:
    """Return the `hooks` object of the settings."""
    return {event: [hook_entry(command, event, options)] for event in SETTINGS_EVENTS}


def hook_entry(command: tuple[str, ...], event: str, options: tuple[str, ...] = ()) -> Payload:
    """Return the settings entry of one event: exec form and absolute, or a line for the shell where the program is to
    be found on PATH; refusing the call when it cannot run (2.1.295 and later).
    """
    short = {name: key for key, name in EVENTS.items()}.get(event, event)
    words = [*command[1:], "hook", short, *options]
    handler: Payload = {"type": "command", "command": command[0], "args": words, "timeout": 10}
    if "/" not in command[0]:
        from gateway.doors.hook.hook_settings import shared_line

        handler = {"type": "command", "command": shared_line((command[0], *words), event in BLOCKING), "timeout": 10}
    if event in BLOCKING:
        handler["onFailure"] = "block"
    return {"matcher": "*", "hooks": [handler]} if event in MATCHED else {"hooks": [handler]}


MATCHED = ("PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied")
SETTINGS_EVENTS = (
    "SessionStart",
    "SessionEnd",
    "UserPromptSubmit",
    "PreToolUse",
    "PostToolUse",
    "PostToolUseFailure",
    "PostToolBatch",
    "Stop",
    "StopFailure",
    "SubagentStart",
    "SubagentStop",
    "Notification",
    "PermissionRequest",
    "PermissionDenied",
    "PreCompact",
    "PostCompact",
    "ConfigChange",
    "Elicitation",
    "ElicitationResult",
    "TaskCreated",
    "TaskCompleted",
)
"""Events that `setup` asks for. Not those whose hook must produce something (WorktreeCreate) or fire with every word
(MessageDisplay).
"""
