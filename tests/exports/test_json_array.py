"""One array, whatever is in it."""

from __future__ import annotations

import json
from pathlib import Path

from gateway.exports.json_array import written
from tests import stores
from tests.exports.stories import left, story


class TestArray:
    def test_holds_every_event(self, tmp_path: Path) -> None:
        assert json.loads(b"".join(written(left(tmp_path)))) == story()

    def test_of_nothing_is_empty(self, tmp_path: Path) -> None:
        assert json.loads(b"".join(written(left(tmp_path, b"torn")))) == []

    def test_is_whole_when_it_ends_early(self, tmp_path: Path) -> None:
        asked = iter([False, True])
        assert len(json.loads(b"".join(written(left(tmp_path, stopped=lambda: next(asked)))))) == 1

    def test_a_lone_surrogate_is_replaced(self, tmp_path: Path) -> None:
        line = json.dumps(stores.event("user_prompt", 1, prompt="\ud800")).encode() + b"\n"
        assert json.loads(b"".join(written(left(tmp_path, line))))[0]["data"]["prompt"] == "\ufffd"
