"""The hook with something else in the place of each of its files: refused with a reason, or right, and in time.

Rows are made of tables: what is in the way x where x which event. The law of all rows is `lawful`; a table says where it must be stricter.
"""

from __future__ import annotations

import json

import pytest

from tests.hook_stage import EITHER, METERED, OBSTACLES, PLACES, REFUSED, RIGHT, Stage, lawful

CACHES = ("meta", "tally", "new tally", "transcript", "state", "compiled policies", "approvals", "bundle")
"""Nothing there is worth a refusal: without it a hook only takes longer."""
COMPILES = ("state", "compiled policies", "bundle")
"""Without these a hook compiles anew, a second each."""
COMPILING = ("a FIFO", "a device that swallows", "a folder", "an empty file", "rubbish", "a link to nothing", "a link to itself")


def _expected(place: str, obstacle: str) -> str:
    if place in CACHES:
        return RIGHT
    if place in ("store", "session"):
        return RIGHT if obstacle == "a folder" else REFUSED
    if place == "events":
        return RIGHT if obstacle in ("an empty file", "rubbish", "a torn line") else REFUSED
    if place == "key":  # one that is no key, or cut off, is not used: marks and seals made with an empty one could be made by anybody
        return RIGHT if obstacle in ("rubbish", "a torn line") or "link" in obstacle else REFUSED
    if place == "user policy":
        return RIGHT if obstacle == "a link to nothing" else REFUSED
    return EITHER


def _rows(places: tuple[str, ...]) -> list[tuple[str, str, str]]:
    rows = [(place, obstacle, "pre-tool") for place in places for obstacle in (COMPILING if place in COMPILES else OBSTACLES)]
    rows += [(place, obstacle, "post-tool") for place in places if place in ("store", "session", "events") for obstacle in OBSTACLES]
    rows += [("meta", obstacle, "session-start") for obstacle in OBSTACLES if "meta" in places]
    return rows + [("state", obstacle, "session-start") for obstacle in ("a FIFO", "a folder") if "state" in places]


def _placed(stage: Stage, place: str, obstacle: str, event: str) -> None:
    stage.policy(METERED)
    stage.put(place, obstacle)
    expected = _expected(place, obstacle)
    lawful(stage.run(event), event, EITHER if event == "session-start" and expected == REFUSED else expected)


class TestRecord:
    @pytest.mark.parametrize(("place", "obstacle", "event"), _rows(tuple(PLACES)[:5]))
    def test_something_else_stands_in_the_store(self, stage: Stage, place: str, obstacle: str, event: str) -> None:
        _placed(stage, place, obstacle, event)


class TestOwnFiles:
    @pytest.mark.parametrize(("place", "obstacle", "event"), _rows(tuple(PLACES)[5:]))
    def test_something_else_stands_in_the_home(self, stage: Stage, place: str, obstacle: str, event: str) -> None:
        _placed(stage, place, obstacle, event)


def _extending(*names: str) -> bytes:
    return json.dumps({"extends": list(names)}).encode()


BROKEN: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n",
    "a BOM alone": b"\xef\xbb\xbf",
    "UTF-16": '{"commands": {}}'.encode("utf-16"),
    "NUL": b'{"commands"\0: {}}',
    "invalid UTF-8": b'{"commands": {"deny": ["\xff"]}}',
    "a list": b"[]",
    "null": b"null",
    "half an object": b'{"commands": {',
    "a key twice": b'{"default": "deny", "default": "allow"}',
    "an inner key twice": b'{"commands": {"deny": ["a"], "deny": []}}',
    "an unknown key": b'{"comands": {"deny": ["a"]}}',
    "a text for a list": b'{"commands": {"deny": "a"}}',
    "a number for an object": b'{"files": 1}',
    "an unknown effect": b'{"default": "maybe"}',
    "a limit below nothing": b'{"limits": {"tool_calls": -1}}',
    "NaN": b'{"limits": {"tool_calls": NaN}}',
    "1e999": b'{"limits": {"tool_calls": 1e999}}',
    "a pattern that is none": b'{"redact": {"custom": [{"id": "a", "pattern": "("}]}}',
    "it extends itself": _extending("./.agent-scope.json"),
    "it extends nothing": _extending("./nowhere.json"),
    "it extends a folder": _extending("./.git/x.json"),
    "it extends a pack nobody has": _extending("no-such-pack"),
    "10,000 lists": b'{"commands": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "900 lists": b'{"commands": ' + b"[" * 900 + b"]" * 900 + b"}",
    "5 MiB": b'{"commands": {}}' + b" " * (5 << 20),
}


class TestPolicies:
    @pytest.mark.parametrize("kind", BROKEN)
    def test_a_policy_that_cannot_be_understood_refuses_every_call(self, stage: Stage, kind: str) -> None:
        (stage.project / ".git" / "x.json").mkdir()
        (stage.project / ".agent-scope.json").write_bytes(BROKEN[kind])
        lawful(stage.run("pre-tool"), "pre-tool", REFUSED)

    @pytest.mark.parametrize("obstacle", OBSTACLES)
    def test_something_else_stands_in_its_place(self, stage: Stage, obstacle: str) -> None:
        OBSTACLES[obstacle](stage.project / ".agent-scope.json")
        lawful(stage.run("pre-tool"), "pre-tool", REFUSED)
