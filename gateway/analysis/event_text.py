"""What happened, in a few words: calls, results, times. Pure."""

from __future__ import annotations

from functools import lru_cache

from gateway.model.event import TOOL_RESULT, Event

_COMMANDS = frozenset(
    (
        "bash",
        "shell",
        "run_shell_command",
        "execute_command",
        "terminal",
        "exec_command",
        "powershell",
        "local_shell",
        "run_terminal_cmd",
    )
)
SUBJECT_KEYS = (
    "command",
    "file_path",
    "pattern",
    "path",
    "notebook_path",
    "url",
    "query",
    "uri",
    "prompt",
    "description",
    "skill",
)
"""Arguments that say what a call is about, in the order in which they are looked for."""
TEXT_KEYS = ("prompt", "text", "error", "message", "result", "content_preview", "choice", "reason", "note")
"""Fields that hold the text of an event, in the order in which they are looked for."""
_SEARCHES = frozenset(
    (
        "grep",
        "glob",
        "ls",
        "list_directory",
        "search_files",
        "list_dir",
        "file_search",
        "grep_search",
        "codebase_search",
    )
)
_READS = _SEARCHES | frozenset(
    ("read", "view", "read_file", "notebookread", "read_text_file", "read_media_file", "read_many_files")
)
_WRITES = frozenset(
    ("write", "edit", "multiedit", "notebookedit", "write_file", "edit_file", "create_file", "apply_patch", "replace")
)


def tool_of(event: Event) -> str:
    """Return the tool of an event, or ""."""
    name = event.data.get("tool_name")
    return name if isinstance(name, str) else ""


def short_tool(name: str) -> str:
    """Return a tool's own name, without the server it is of."""
    return name.rpartition("__")[2] if name.startswith("mcp__") else name


def arguments_of(event: Event) -> dict[str, object]:
    """Return the arguments of a call."""
    given = event.data.get("arguments")
    return given if isinstance(given, dict) else {}


def is_command(event: Event) -> bool:
    """Whether a call runs a command line."""
    return kind_of_tool(tool_of(event)) == "run"


def kind_of(event: Event) -> str:
    """Return what a call mainly does: "run", "read", "write" or ""."""
    return kind_of_tool(tool_of(event))


@lru_cache(maxsize=1024)
def kind_of_tool(tool: str) -> str:
    """Return what a tool mainly does: "run", "read", "write" or ""."""
    name = short_tool(tool).lower()
    return "run" if name in _COMMANDS else "read" if name in _READS else "write" if name in _WRITES else ""


@lru_cache(maxsize=1024)
def is_search(tool: str) -> bool:
    """Whether a tool looks for files or names rather than opening one."""
    return short_tool(tool).lower() in _SEARCHES


def subject_of(event: Event, limit: int = 200) -> str:
    """Return what a call is about: its command, path, pattern or URL, on one line."""
    given = event.data.get("arguments")
    if type(given) is not dict:
        return ""
    for key in SUBJECT_KEYS:
        if key in given:
            value = given[key]
            if type(value) is list:
                value = " ".join(map(str, value))
            if type(value) is str and value:
                return one_line(value, limit)
    for value in given.values():
        if type(value) is str and value:
            return one_line(value, limit)
    return ""


def call_line(event: Event, limit: int = 200) -> str:
    """Return a call as one line: `Bash $ pytest`, `Read src/a.py`."""
    subject = subject_of(event, limit)
    return f"{one_line(tool_of(event), 80)} {'$ ' if is_command(event) else ''}{subject}".strip()


def deed(event: Event, limit: int = 200) -> str:
    """Return a call as a person would tell it: `Ran: pytest`, `Read src/a.py`, `Wrote src/b.py`."""
    kind, subject = kind_of(event), subject_of(event, limit)
    if kind == "run":
        return f"Ran: {subject}"
    if kind in ("read", "write") and subject:
        return f"{'Read' if kind == 'read' else 'Wrote'} {subject}"
    return f"{one_line(tool_of(event), 80)} {subject}".strip()


def text_of(event: Event) -> str:
    """Return the text of a prompt, a response, a result or an error."""
    data = event.data
    value = data.get("result") if event.type == TOOL_RESULT else None
    if value:
        return value if type(value) is str else flat(value)
    for key in TEXT_KEYS:
        value = data.get(key)
        if value:
            if type(value) is str:
                return value
            if type(value) is dict or type(value) is list:
                return flat(value)
    return ""


_REPEATS = frozenset(("PostToolBatch",))
"""Marks that only repeat what their calls and results tell."""
_MARK_FACTS = ("trigger", "tokens", "source", "permission_mode")


def mark_of(event: Event, limit: int = 160) -> str:
    """Return what a mark of a client tells: which it is, and its text; "" for one with nothing to say."""
    data = event.data
    hook = data.get("hook_event")
    text = one_line(text_of(event), limit)
    if type(hook) is not str or not hook:
        return text
    facts = ", ".join(f"{key} {data[key]}" for key in _MARK_FACTS if data.get(key) and type(data[key]) in (str, int))
    said = ": ".join(part for part in (facts, text) if part)
    return "" if hook in _REPEATS else one_line(f"{hook}{': ' + said if said else ''}", limit)


_FLAT_KEYS = ("stdout", "text", "content", "message", "file", "output", "error")


def flat(value: object) -> str:
    """Return the texts inside a JSON value, joined."""
    if type(value) is str:
        return value
    if type(value) is dict:
        for key in _FLAT_KEYS:
            if value.get(key):
                return flat(value[key])
        return " ".join(flat(item) for item in value.values() if type(item) in _TEXTUAL)
    if type(value) is list:
        return "\n".join(flat(item) for item in value)
    return ""


_TEXTUAL = (str, dict, list)


def one_line(text: str, limit: int = 200) -> str:
    """Return a text on one line, control characters shown, cut at a limit."""
    if "\n" in text:
        text = " ⏎ ".join(filter(None, map(str.strip, text[: limit * 4].splitlines())))
    elif len(text) > limit:
        text = text[: limit * 4]
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
        if not text.isprintable():
            text = "".join(char if char.isprintable() else "�" for char in text)
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clock(seconds: float) -> str:
    """Return a time since the start as replay shows it: ` 3.55s`, `1m43.67s`."""
    if seconds < 60:
        return f"{seconds:.2f}s" if seconds > 0 else "0.00s"
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    if minutes < 60:
        return f"{minutes}m{rest / 100:05.2f}s"
    return f"{minutes // 60}h{minutes % 60:02d}m{rest / 100:05.2f}s"


def length(seconds: float) -> str:
    """Return a length of time: `51ms`, `5.88s`, `2m 05s`, `1h 02m`."""
    if seconds < 1:
        return f"{seconds * 1000:.0f}ms"
    if seconds < 60:
        return f"{seconds:.2f}s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}m {rest:02d}s" if minutes < 60 else f"{minutes // 60}h {minutes % 60:02d}m"


def minutes_of(seconds: float) -> str:
    """Return a time as `1:05`."""
    whole = int(max(seconds, 0))
    return f"{whole // 60}:{whole % 60:02d}"


def verdict_of(event: Event) -> str:
    """Return the recorded verdict on a call: "allow", "ask", "deny" or "" when there is none."""
    decision = event.data.get("decision")
    effect = decision.get("effect") if isinstance(decision, dict) else None
    return effect if isinstance(effect, str) else ""


def relative(path: str, folder: str) -> str:
    """Return a path as it is told inside its project: without the folder in front."""
    return path[len(folder) + 1 :] if folder and path.startswith(folder + "/") else path


def reasons_of(event: Event) -> list[str]:
    """Return why the recorded verdict on a call is what it is, one line a reason: what, the rule, its file and line,
    what would be right.
    """
    decision = event.data.get("decision")
    reasons = decision.get("reasons") if isinstance(decision, dict) else None
    effect = verdict_of(event)
    lines = []
    for reason in reasons if isinstance(reasons, list) else ():
        if isinstance(reason, dict) and reason.get("effect") == effect:
            source = f" [{reason['source']}]" if reason.get("source") else ""
            hint = f"; instead: {reason['hint']}" if reason.get("hint") else ""
            flow = _flow_of(event, reason.get("action"))
            lines.append(one_line(f"{reason.get('text')} ({reason.get('rule')}){source}{flow}{hint}", 300))
    return lines


def _flow_of(event: Event, at: object) -> str:
    """Return what flowed into the action that a reason speaks of, as it was found when the call was judged."""
    actions = event.data.get("actions")
    action = actions[at] if isinstance(actions, list) and isinstance(at, int) and 0 <= at < len(actions) else None
    carried = action.get("carries") if isinstance(action, dict) else None
    return f"; carries {', '.join(map(str, carried))}" if isinstance(carried, list) and carried else ""
