from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.host import approvals
from gateway.host.user_folders import state_folder
from gateway.model.errors import NothingError
from gateway.model.record import replaced
from tests.builders import call, facts

CALL = call(tool="Bash", arguments={"command": "git push"})


def asked(now: float = 0.0) -> tuple[str, str]:
    digest = approvals.digest_of(CALL, "/p")
    return digest, approvals.ask(digest, {"tool": "Bash"}, now)


class TestDigest:
    def test_binds_tool_arguments_and_folders_and_nothing_else(self) -> None:
        first = approvals.digest_of(CALL, "/p")
        assert first == approvals.digest_of(call(tool="Bash", arguments={"command": "git push"}, id="other", session="s2"), "/p")
        others = [
            approvals.digest_of(call(tool="Bash", arguments={"command": "git push -f"}), "/p"),
            approvals.digest_of(call(tool="Shell", arguments={"command": "git push"}), "/p"),
            approvals.digest_of(call(tool="Bash", arguments={"command": "git push"}, cwd="/elsewhere"), "/p"),
            approvals.digest_of(CALL, "/q"),
        ]
        assert first not in others and len(set(others)) == 4


class TestGrant:
    def test_holds_once(self) -> None:
        digest, name = asked()
        assert approvals.take(digest, 1.0) is None
        approvals.grant(name, "alice", 1.0)
        given = approvals.take(digest, 2.0)
        assert given is not None and (given.by, given.at, given.digest) == ("alice", 1.0, digest)
        assert approvals.take(digest, 3.0) is None and approvals.all_waiting(3.0) == []

    def test_expires(self) -> None:
        digest, name = asked()
        approvals.grant(name, "alice", 1.0, seconds=10)
        assert approvals.take(digest, 11.0) is None

    @pytest.mark.parametrize(
        "change", [{"by": "mallory"}, {"expires": 1e12}, {"expires": "x"}, {"at": 0.5}, {"at": None}, {"digest": "0" * 64}, {"seal": ""}]
    )
    def test_one_that_was_tampered_with_does_not_hold(self, change: dict[str, object]) -> None:
        digest, name = asked()
        approvals.grant(name, "alice", 1.0)
        path = Path(state_folder()) / "approvals" / "granted" / name
        path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
        assert approvals.take(digest, 2.0) is None

    def test_one_that_others_may_write_does_not_hold(self) -> None:
        digest, name = asked()
        approvals.grant(name, "alice", 1.0)
        (Path(state_folder()) / "approvals" / "granted" / name).chmod(0o666)
        assert approvals.take(digest, 2.0) is None


class TestHolds:
    def test_for_the_very_call_while_it_lasts(self) -> None:
        digest, name = asked()
        approvals.grant(name, "alice", 1.0)
        given = approvals.take(digest, 2.0)
        assert given is not None
        world = facts(project="/p", now=2.0)
        assert approvals.holds(given, CALL, world) is True
        assert approvals.holds(given, call(tool="Bash", arguments={"command": "git push -f"}), world) is False
        assert approvals.holds(given, CALL, facts(project="/q", now=2.0)) is False
        assert approvals.holds(given, CALL, facts(project="/p", now=given.expires)) is False
        assert approvals.holds(replaced(given, by="mallory"), CALL, world) is False

    def test_cannot_be_told_under_another_key(self) -> None:
        digest, name = asked()
        approvals.grant(name, "alice", 1.0)
        given = approvals.take(digest, 2.0)
        Path(state_folder(), "key").write_bytes(b"another key of thirty-two bytes.")
        assert given is not None and approvals.holds(given, CALL, facts(project="/p", now=2.0)) is None


class TestWaiting:
    def test_named_by_a_unique_beginning(self) -> None:
        _, name = asked()
        assert approvals.waiting(name[:3], 1.0)["name"] == name

    @pytest.mark.parametrize("name", ["", "zzzz", "../../etc/passwd"])
    def test_what_does_not_wait(self, name: str) -> None:
        asked()
        with pytest.raises(NothingError):
            approvals.waiting(name, 1.0)

    def test_nothing_waits_for_ever(self) -> None:
        asked()
        assert approvals.all_waiting(approvals.WAITING + 1) == []
        assert list((Path(state_folder()) / "approvals" / "waiting").iterdir()) == []
