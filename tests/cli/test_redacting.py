from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.traces.hash_chain import check_chain
from tests.command_line import run, run_json
from tests.traces.test_rewriting import TOKEN, events, store

__all__ = ["store"]


class TestRedacting:
    def test_cleans_in_place_and_tells_what(self, store: Path) -> None:
        told = run_json("--trace-dir", str(store), "redact", "s", "--json")
        assert told == {"session": "s", "changed": 1, "removed": {"github-token": 1}, "missed": [], "written": True}
        noted = events(store)[-1]
        assert noted["data"]["hook_event"] == "redacted" and len(events(store)) == 4 and check_chain(str(store), "s")[0]
        assert run("--trace-dir", str(store), "redact", "s") == (0, "s: nothing to redact\n", "")

    def test_a_preview_changes_nothing(self, store: Path) -> None:
        before = (store / "s" / "events.ndjson").read_bytes()
        code, out, _ = run("--trace-dir", str(store), "redact", "--dry-run")
        assert code == 0 and "1 lines would change" in out and "github-token" in out
        assert (store / "s" / "events.ndjson").read_bytes() == before

    def test_personal_data_on_request(self, store: Path) -> None:
        path = store / "s" / "annotations.jsonl"
        path.write_text(json.dumps({"note": "ann@mail.example"}) + "\n")
        assert run_json("--trace-dir", str(store), "redact", "s", "--mask", "--json")["removed"] == {"email": 1, "github-token": 1}

    def test_a_broken_chain_is_not_made_good(self, store: Path) -> None:
        path = store / "s" / "events.ndjson"
        path.write_bytes(path.read_bytes().replace(b"one", b"uno"))
        code, _, err = run("--trace-dir", str(store), "redact", "s")
        assert code == 1 and "rewriting would hide that" in err and TOKEN in path.read_text()
        assert run("--trace-dir", str(store), "redact", "s", "--force")[0] == 0 and TOKEN not in path.read_text()

    @pytest.mark.parametrize("name", ["none", "x" * 300])
    def test_no_such_session(self, store: Path, name: str) -> None:
        assert run("--trace-dir", str(store), "redact", name)[0] == 3
