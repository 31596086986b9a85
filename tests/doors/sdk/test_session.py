from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.sdk.session import CallDeniedError, Session, SessionMeta, current, enter, leave, settings_for
from gateway.traces.reader import events, meta

DENY = {"tools": {"deny": ["forbidden"]}, "files": {"read": {"ask": ["secret.txt"]}}}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a project with a policy."""
    (tmp_path / ".agent-scope.json").write_text(json.dumps(DENY))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def opened(place: Path, **changes: Any) -> Session:
    """Return a session that records into the project."""
    guarded, ask = changes.pop("guarded", True), changes.pop("ask", None)
    given = {"asks": ask is not None, "redact": False, "mask": False, "observe": False, "trace_dir": str(place / "t"), "policy": ""} | changes
    return Session("me", settings=settings_for(**given), guarded=guarded, ask=ask)


def recorded(place: Path, session: Session) -> list[tuple[str, Any]]:
    """Return (type, data) of what was recorded."""
    return [(one.type, one.data) for one in events(str(place / "t"), session.id)]


class TestSession:
    def test_records_its_life_and_counts(self, place: Path) -> None:
        session = opened(place)
        session.before("search", {"q": "x"}, "c1")
        session.after("search", ["a"], "c1", failed=False, duration_ms=1.5)
        session.before("search", {"q": "y"}, "c2")
        session.after("search", "Boom: x", "c2", failed=True, duration_ms=2.5)
        ended = session.end()
        assert [kind for kind, _ in recorded(place, session)] == ["session_start", "tool_call", "tool_result", "tool_call", "error", "session_end"]
        assert (ended.tool_calls, ended.errors, ended.llm_requests) == (2, 1, 0) and ended.ended_at is not None
        lines = list(events(str(place / "t"), session.id))
        assert lines[2].parent == lines[1].id and lines[4].parent == lines[3].id and lines[4].duration_ms == 2.5
        noted = meta(str(place / "t"), session.id)
        assert noted["agent_name"] == "me" and noted["command"] == "decorator"

    def test_what_policy_refuses_does_not_begin(self, place: Path) -> None:
        session = opened(place)
        with pytest.raises(CallDeniedError, match="Blocked by policy"):
            session.before("forbidden", {}, "c")
        assert recorded(place, session)[-1][1]["decision"]["effect"] == "deny"

    @pytest.mark.parametrize("guarded", [True, False])
    def test_unguarded_records_the_verdict_and_lets_it_run(self, place: Path, guarded: bool) -> None:
        session = opened(place, guarded=guarded)
        if guarded:
            with pytest.raises(CallDeniedError):
                session.before("forbidden", {}, "c")
        else:
            assert session.before("forbidden", {"a": 1}, "c") == {"a": 1}
        assert recorded(place, session)[-1][1]["decision"]["effect"] == "deny"

    @pytest.mark.parametrize(("answer", "runs"), [(True, True), (False, False), (None, False)])
    def test_what_policy_asks_about_is_asked(self, place: Path, answer: bool | None, runs: bool) -> None:
        asked: list[str] = []
        session = opened(place, ask=None if answer is None else lambda text: asked.append(text) or answer)
        if runs:
            session.before("read_file", {"path": "secret.txt"}, "c")
        else:
            with pytest.raises(CallDeniedError):
                session.before("read_file", {"path": "secret.txt"}, "c")
        assert len(asked) == (answer is not None)

    def test_a_store_that_cannot_be_written_refuses(self, place: Path) -> None:
        session = opened(place)
        folder = place / "t" / session.id
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        folder.write_text("")
        with pytest.raises(CallDeniedError):
            session.before("search", {}, "c")
        with pytest.raises(RuntimeError, match="not recorded"):
            session.note("decision", {})

    def test_many_threads_record_into_one_session(self, place: Path) -> None:
        session = opened(place)
        threads = [threading.Thread(target=session.before, args=("t", {"n": at}, f"c{at}")) for at in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert session.meta.tool_calls == 20 and len(recorded(place, session)) == 21


class TestCurrent:
    def test_the_last_one_entered_and_threads_without_their_own(self, place: Path) -> None:
        assert leave() is None
        one, two = opened(place), opened(place)
        enter(one)
        enter(two)
        seen: list[Session | None] = []
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
        assert current() is two and seen == [two]
        assert leave() is two and current() is one and leave() is one and current() is None


class TestMeta:
    def test_tells_how_long_it_took(self) -> None:
        meta = SessionMeta("id", "n")
        meta.ended_at = meta.started_at + 1.5
        assert meta.total_duration_ms == 1500.0 and "id" in repr(meta)
