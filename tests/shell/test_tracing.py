"""What really ran: scripts run by bash in a folder of stubs, and every program that ran is among the actions, or we said so."""

from __future__ import annotations

import pytest

from tests.shell.corpus import generated, written
from tests.shell.corpus.sandbox import Sandbox, missed


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(tmp_path_factory.mktemp("sandbox"))


def traced(sandbox: Sandbox, scripts: list[str]) -> tuple[list[tuple[str, object]], int, int]:
    """Return (scripts with calls that were silently missed, calls that ran, scripts that said they are opaque)."""
    silent: list[tuple[str, object]] = []
    calls = opaque = 0
    for script in scripts:
        ran = sandbox.run(script)
        absent, hidden = missed(script, ran, str(sandbox.work))
        calls += len(ran)
        opaque += hidden
        if absent and not hidden:
            silent.append((script, absent))
    return silent, calls, opaque


def test_the_sandbox_sees_what_runs(sandbox: Sandbox) -> None:
    assert sandbox.run("p1 'a b' | xargs env p2; sh -c 'rm x'") == [
        ("p1", "a b"),
        ("xargs", "env", "p2"),
        ("env", "p2", "p9"),
        ("p2", "p9"),
        ("sh", "-c", "rm x"),
        ("rm", "x"),
    ] or sandbox.run("p1 'a b'") == [("p1", "a b")]


def test_a_miss_is_seen(sandbox: Sandbox) -> None:
    assert missed("p1 a", [("p1", "a"), ("p2", "b")], str(sandbox.work)) == ([("p2", "b")], False)
    assert missed("p1 $X", [("p1", "b", "c")], str(sandbox.work)) == ([], False)
    assert missed("$X a", [("p2", "b")], str(sandbox.work))[1]


def test_tricky_scripts(sandbox: Sandbox) -> None:
    silent, calls, opaque = traced(sandbox, written("tricky.txt"))
    assert silent == []
    assert calls > 200 and opaque < 80


def test_agents_scripts(sandbox: Sandbox) -> None:
    silent, calls, _ = traced(sandbox, written("agents.txt"))
    assert silent == []
    assert calls > 40


def test_generated_scripts(sandbox: Sandbox) -> None:
    silent, calls, opaque = traced(sandbox, generated(120))
    assert silent == []
    assert calls > 300 and opaque < 90


@pytest.mark.long
def test_many_generated_scripts(sandbox: Sandbox) -> None:
    silent, calls, _ = traced(sandbox, generated(3_000, 30_000))
    assert silent == []
    assert calls > 10_000
