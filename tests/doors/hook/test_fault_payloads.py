"""The hook with everything on stdin that is no payload, or an unusual one: refused with a reason, or right, and in time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.hook_stage import EITHER, REFUSED, RIGHT, Stage, lawful
from tests.hook_world import value


def _deep(opening: str, closing: str, inside: str = "1") -> bytes:
    return (opening * 10_000 + inside + closing * 10_000).encode()


STDIN: dict[str, bytes] = {
    "nothing": b"",
    "a newline": b"\n",
    "NUL": b"\0",
    "NULs": b"\0" * 4096,
    "binary": bytes(range(256)) * 16,
    "UTF-16": json.dumps({"tool_name": "Bash"}).encode("utf-16"),
    "UTF-32": json.dumps({"tool_name": "Bash"}).encode("utf-32"),
    "a BOM alone": b"\xef\xbb\xbf",
    "half an object": b'{"tool_name": "Bash", "tool_in',
    "an object and more": b'{"tool_name": "Bash"} {"tool_name": "Read"}',
    "a list": b'[{"tool_name": "Bash"}]',
    "a text": b'"Bash"',
    "a number": b"1",
    "null": b"null",
    "NaN": b'{"tool_name": NaN}',
    "1e999": b'{"tool_name": "Bash", "tool_input": {"timeout": 1e999}}',
    "a number of 5,000 digits": b'{"tool_name": "Bash", "tool_input": {"timeout": ' + b"9" * 5000 + b"}}",
    "10,000 lists": _deep("[", "]"),
    "10,000 objects": _deep('{"a":', "}"),
    "10,000 lists in an argument": b'{"tool_name": "Bash", "tool_input": ' + _deep("[", "]") + b"}",
    "a comment": b'{"tool_name": "Bash" /* yes */}',
    "single quotes": b"{'tool_name': 'Bash'}",
    "XML": b"<tool>Bash</tool>",
    "33 MiB of blanks": b" " * (33 << 20),
    "no tool": b'{"session_id": "s"}',
}
"""Payloads that are none: a call is refused, everything else is said not to be recorded."""

WRONG: dict[str, Any] = {
    "null": None,
    "a number": 7,
    "a list": ["x"],
    "an object": {"a": "x"},
    "true": True,
    "an empty text": "",
    "a half pair": "\ud800x",
    "NUL": "a\0b",
}
OTHERS = ("null", "a list", "an object", "a half pair")
"""Those of them that are sent with the events that block nothing."""
FIELDS = {
    "pre-tool": ("session_id", "transcript_path", "cwd", "hook_event_name", "tool_name", "tool_input", "tool_use_id", "permission_mode", "agent_id"),
    "post-tool": ("session_id", "cwd", "hook_event_name", "tool_name", "tool_input", "tool_use_id", "tool_response", "duration_ms"),
    "post-tool-failure": ("error", "duration_ms", "is_interrupt"),
    "user-prompt": ("prompt", "session_id"),
    "session-start": ("source", "model", "cwd", "transcript_path"),
    "session-end": ("reason",),
    "stop": ("last_assistant_message", "stop_hook_active"),
}
ODD: dict[str, Any] = {
    "a key twice": b'{"tool_name": "Bash", "tool_name": "Bash", "tool_input": {"command": "ls", "command": "ls"}}',
    "a BOM": b'\xef\xbb\xbf{"tool_name": "Bash", "tool_input": {"command": "ls"}}',
    "invalid UTF-8 in an argument": b'{"tool_name": "Bash", "tool_input": {"command": "ls \xff\xfe"}}',
    "half pairs": b'{"tool_name": "Bash", "tool_input": {"command": "ls \\ud800 \\udc00\\ud800"}}',
    "escaped NULs": b'{"tool_name": "Bash", "tool_input": {"command": "ls \\u0000"}}',
    "raw control characters": b'{"tool_name": "Bash", "tool_input": {"command": "ls \x01\x1b[2J"}}',
    "200 levels in an argument": b'{"tool_name": "Other", "tool_input": ' + b"[" * 200 + b"]" * 200 + b"}",
    "600 levels in an argument": b'{"tool_name": "Other", "tool_input": ' + b'{"a":[' * 300 + b"]}" * 300 + b"}",
    "900 levels in an argument": b'{"tool_name": "Other", "tool_input": ' + b"[" * 900 + b"]" * 900 + b"}",
    "900 levels as text": json.dumps({"tool_name": "Other", "tool_input": {"text": '{"password": ' + "[" * 900 + "]" * 900 + "}"}}).encode(),
    "900 escaped levels as text": json.dumps({"tool_name": "Other", "tool_input": {"text": '["\\u0061", ' + "[" * 900 + "]" * 900 + "]"}}).encode(),
    "10,000 levels as text": json.dumps({"tool_name": "Other", "tool_input": {"text": '{"password": ' + "[" * 10_000 + "]" * 10_000 + "}"}}).encode(),
    "100,000 keys": json.dumps({"tool_name": "Other", "tool_input": dict.fromkeys(map(str, range(100_000)), 1)}).encode(),
    "text that starts like JSON": json.dumps({"tool_name": "Bash", "tool_input": {"command": '[ "$API_TOKEN" = "x" ] && echo yes'}}).encode(),
    "text that looks like JSON": json.dumps({"tool_name": "Write", "tool_input": {"file_path": "a.py", "content": "{'password': pw}"}}).encode(),
    "JSON with comments": json.dumps({"tool_name": "Write", "tool_input": {"file_path": "a.json", "content": '{"password": "x", // y\n}'}}).encode(),
    "a huge number": b'{"tool_name": "Bash", "tool_input": {"command": "ls", "timeout": 123456789012345678901234567890}}',
}
"""Payloads that are unusual and still calls."""


class TestStdin:
    @pytest.mark.parametrize(
        ("form", "event"),
        [(form, "pre-tool") for form in STDIN]
        + [
            (form, event)
            for form in ("nothing", "binary", "half an object", "a list", "NaN", "10,000 lists")
            for event in ("post-tool", "user-prompt")
        ],
    )
    def test_what_is_no_payload(self, stage: Stage, form: str, event: str) -> None:
        done = stage.run(event, STDIN[form])
        lawful(done, event, REFUSED)
        assert done.events == [] or done.code == 2, f"{done}"

    @pytest.mark.parametrize(
        ("event", "field", "form"),
        [(event, field, form) for event in FIELDS for field in FIELDS[event] for form in (WRONG if event == "pre-tool" else OTHERS)],
    )
    def test_a_field_of_the_wrong_kind(self, stage: Stage, event: str, field: str, form: str) -> None:
        lawful(stage.run(event, json.dumps(value(event, stage.project, **{field: WRONG[form]})).encode()), event)

    @pytest.mark.parametrize("form", ODD)
    def test_what_is_unusual_is_judged(self, stage: Stage, form: str) -> None:
        lawful(stage.run("pre-tool", ODD[form]), "pre-tool", EITHER if "levels in" in form or "keys" in form else RIGHT)
