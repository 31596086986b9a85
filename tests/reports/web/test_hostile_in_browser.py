"""What a model, a tool or a file could put into a record stands in the page as text, in every field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports import scenes
from tests.reports.web.conftest import shared
from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser

PAYLOADS = {
    "script": "<script>window.__pwned = 1</script>",
    "closing": "</script></style></title><script>window.__pwned = 1</script>",
    "comment": "<!--<script>window.__pwned = 1//--><!",
    "image": "<img src=x onerror='window.__pwned = 1'>",
    "svg": "<svg/onload=window.__pwned=1><style>*{display:none}</style>",
    "link": "javascript:window.__pwned=1",
    "markdown": "[click](javascript:window.__pwned=1) ![x](https://evil.example/x.png)",
    "template": "${window.__pwned=1} {{constructor.constructor('window.__pwned=1')()}}",
    "entities": "&lt;script&gt;window.__pwned=1&lt;/script&gt; &#x3c;b&#x3e;",
    "frame": "<iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>",
    "base": "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "ansi": "\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x1b[2J",
    "bidi": "safe\u202etxt.exe\u2066\u2069\u200bend",
    "nul": "a\x00b\x7fc\x85d",
    "quotes": '"\'`\\" onmouseover="window.__pwned=1" \'--',
    "proto": "__proto__",
    "half": "half \ud83d of a character",
}
SIGNS = {"ansi": "␛[31mred␛[0m", "bidi": "safe⟨U+202E⟩txt.exe⟨U+2066⟩⟨U+2069⟩⟨U+200B⟩end", "nul": "a␀b␡c⟨U+0085⟩d", "half": "half � of a character"}

SIGN = {"\x7f": "␡", "\x85": "⟨U+0085⟩", "\u202e": "⟨U+202E⟩", "\u2066": "⟨U+2066⟩", "\u2069": "⟨U+2069⟩", "\u200b": "⟨U+200B⟩", "\ud83d": "�"}


def hostile(text: str) -> list[dict[str, Any]]:
    """Return a session that holds a text in every field that a record has."""
    reason = {"effect": "deny", "rule": text, "text": text, "source": text, "hint": text}
    decision = {"effect": "deny", "reasons": [reason], "revision": text, "sensitive": [text], "shadow": text}
    around = {"cwd": text, "permission_mode": text, "agent_id": text, "agent_type": text}
    action = {"verb": text, "target": text, "opaque": text, "how": [text]}
    arguments = {"command": text, "file_path": text, text: {text: [text, 1]}, "old_string": text, "new_string": text + text}
    call = {"tool_name": "Bash", "arguments": arguments, "decision": decision, "actions": [action], **around}
    return [
        scenes.line(1, "session_start", 0, {"source": text, text: text}),
        scenes.line(2, "user_prompt", 1, {"prompt": text}),
        scenes.line(3, "tool_call", 2, call),
        scenes.line(4, "tool_result", 3, {"tool_name": text, "result": {"stdout": text, text: text}}, parent=3),
        scenes.line(5, "tool_call", 4, {"tool_name": text, "arguments": {text: text}}),
        scenes.line(6, "error", 5, {"tool_name": text, "error": text}, parent=5),
        scenes.line(7, text, 6, {text: text}),
        scenes.line(
            8,
            "tool_call",
            7,
            {"tool_name": "Read", "arguments": {"file_path": text + ".py"}, "decision": {"effect": text, "reasons": [text, None, []]}},
        ),
        scenes.line(9, "assistant_response", 8, {"text": text, "model": text, "usage": {"input_tokens": 5, text: text}}),
    ]


@pytest.mark.parametrize("name", PAYLOADS)
def test_text_stays_text(opens: Callable[..., Opened], tmp_path: Path, name: str) -> None:
    text = PAYLOADS[name]
    meta = {"agent_name": text, "command": text, "attribution": {"os_user": text, "git_repo": text, "working_dir": text, "hostname": text}}
    notes = [{"annotation_id": "0a1b2c", "event_id": f"{2:012x}", "label": text, "note": text, "bookmark": True}]
    scenes.write(tmp_path / "store", "hostile", hostile(text), meta, notes)
    target = shared(tmp_path / "store", "hostile", tmp_path / "hostile.html")
    page = opens(target)
    shown = SIGNS.get(name, text)
    seen = [page.text("body")]
    for number in range(1, 10):
        page.press("j")
        assert page.mark == f"e{number}"
        seen.append(page.text(".detail-pane"))
    for tab in ("2", "3"):
        page.press(tab)
        seen.append(page.text(".panel"))
    escaped = json.dumps(text, ensure_ascii=False)[1:-1] if name not in SIGNS else shown
    missing = [number for number, one in enumerate(seen) if not (shown in one or escaped in one or _as_json(text) in one)]
    assert missing in ([], [10], [11], [10, 11]), seen
    page.page.fill("input[type=search]", text.partition("\n")[0][:40])
    page.page.emulate_media(media="print")
    page.page.wait_for_selector(".printed")
    assert shown in page.text(".printed")
    foreign = "img, iframe, object, embed, base, svg, a, link, form[action], [onerror], [onload], [onmouseover], [srcdoc], [href]"
    assert page.page.locator(foreign).count() == 0
    assert page.page.locator("meta[http-equiv=refresh i]").count() == 0
    assert page.page.locator("script").count() == 1 and page.page.locator("style").count() == 1


def _as_json(text: str) -> str:
    """Return a text as the page's view of JSON data shows it: what JSON escapes by itself, and signs for the rest."""
    return "".join(SIGN.get(character, json.dumps(character)[1:-1] if character < " " or character in '"\\\\' else character) for character in text)
