from __future__ import annotations

from pathlib import Path

import pytest

from gateway.reports.replay.session_tree import print_tree
from tests.stores import call, session, verdict


class TestTree:
    def test_one_session_has_no_total(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        session(store, "s", call(0, "a", "Read", verdict("deny"), file_path=".env"))
        print_tree(str(store), "s", as_json=False)
        assert capsys.readouterr().out == "▶ s 0ms, 1 calls, 0 errors, 1 blocked depth=0\n"
