"""One object a line."""

from __future__ import annotations

import json
from pathlib import Path

from gateway.exports.ndjson_lines import written
from tests import stores
from tests.exports.stories import left, story


class TestLines:
    def test_hold_every_event(self, tmp_path: Path) -> None:
        assert [json.loads(line) for line in b"".join(written(left(tmp_path))).splitlines()] == story()

    def test_breaks_in_a_text_break_no_line(self, tmp_path: Path) -> None:
        said = stores.event("user_prompt", 1, prompt="a\nb\r\u2028c\x85")
        assert b"".join(written(left(tmp_path, said))).count(b"\n") == 1
