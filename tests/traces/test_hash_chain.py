from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.model.digest import plain_digest
from gateway.traces.hash_chain import Chain, check_chain
from tests.stores import event, session


def chained(*events: dict[str, Any]) -> list[bytes]:
    """Return lines that each carry the hash of the one before."""
    lines: list[bytes] = []
    for one in events:
        value = {**one, "prev_hash": plain_digest(lines[-1][:-1])} if lines else one
        lines.append(json.dumps(value).encode() + b"\n")
    return lines


LINES = chained(*(event("x", at) for at in range(5)))


class TestChain:
    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            (LINES, ""),
            (LINES[:3], ""),
            ([], ""),
            ([LINES[0], *LINES[2:]], "line 2 does not fit"),
            ([*LINES[:2], LINES[2].replace(b'"x"', b'"y"'), *LINES[3:]], "line 4 does not fit"),
            ([*LINES[:2], json.dumps(event("x")).encode() + b"\n"], "line 3 lacks the hash"),
            ([*LINES, b'{"torn'], ""),
            ([*LINES, b"\n"], ""),
            ([json.dumps(event("x")).encode() + b"\n"] * 3, ""),
            ([b'{"event_type":"x","prev_hash":7}\n', LINES[0]], "line 1 does not fit"),
            ([json.dumps({**event("x"), "prev_hash": plain_digest(b"")}).encode() + b"\n"], "line 1 does not fit"),
            ([LINES[0], b"\n", LINES[1]], ""),
            ([LINES[0], b" \n", LINES[2]], "line 3 does not fit"),
            ([LINES[0], LINES[2], json.dumps(event("x")).encode() + b"\n"], "line 2 does not fit"),
        ],
    )
    def test_finds_what_does_not_fit(self, tmp_path: Path, lines: list[bytes], problem: str) -> None:
        session(tmp_path, "s", *lines)
        intact, found = check_chain(str(tmp_path), "s")
        assert intact == (not problem) and found.startswith(problem)

    def test_a_store_of_the_published_tool_is_intact(self) -> None:
        store = Path(__file__).parents[1] / "fixtures" / "published_store"
        for folder in sorted(path for path in store.iterdir() if path.is_dir()):
            assert check_chain(str(store), folder.name) == (True, ""), folder.name

    def test_watches_line_by_line(self) -> None:
        chain = Chain()
        for line in LINES:
            chain.add(line, json.loads(line).get("prev_hash"))
        assert chain.problem == ""

    def test_the_first_problem_stands(self) -> None:
        chain = Chain()
        for line in (LINES[0], LINES[2], LINES[4]):
            chain.add(line, json.loads(line).get("prev_hash"))
        assert chain.problem.startswith("line 2 ")

    def test_a_line_that_cannot_be_read_may_lack_the_hash(self) -> None:
        torn = b'{"torn'
        chain = Chain()
        for line in LINES[:2]:
            chain.add(line, json.loads(line).get("prev_hash"))
        chain.add(torn, None, readable=False)
        chain.add(b"{}", plain_digest(torn))
        assert chain.problem == ""
        chain.add(b"{}", None)
        assert chain.problem.startswith("line 5 lacks")
