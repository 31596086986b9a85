"""A world of its own for every test: what lies above its folders, in its environment or in its user's home on this machine says nothing to it."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pluggy
import pytest
from hypothesis import HealthCheck, settings

from tests.builders import forget_beneath

settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")  # how busy a machine is says nothing about the code

FOREIGN = ("XDG_", "AGENT_", "CLAUDE", "CODEX_", "COPILOT_", "GEMINI_", "OTEL_", "NO_COLOR", "FORCE_COLOR", "CLICOLOR")
"""How variables begin that could lead out of a test, or change what is printed."""
ALSO_FOREIGN = ("COLUMNS", "LINES", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES")
OURS = ("AGENT_STRACE_REAL", "AGENT_STRACE_REQUIRE_REAL")
"""What tells the suite itself which clients are there."""

MASK = 0o022
"""Folders and policies that a test makes are nobody else's to write in, whatever the shell's own umask: others are refused."""

LONGEST = (
    "tests/gates/test_gates.py",
    "tests/doors/hook/test_bare.py",
    "tests/authoring/diff/test_compare.py",
    "tests/doors/hook/test_faults.py",
    "tests/end_to_end/test_hostile_reading.py",
    "tests/reports/schemas/test_reports.py",
    "tests/authoring/test_round_trip.py",
    "tests/laws/",
    "tests/gates/",
    "tests/authoring/",
    "tests/doors/hook/",
    "tests/end_to_end/",
)
"""What takes longest, by CPU seconds a file. Begun first: a worker that comes to one of them at the end lets the others wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; the order within a file stays."""

    def rank(item: pytest.Item) -> int:
        return next((at for at, begin in enumerate(LONGEST) if item.nodeid.startswith(begin)), len(LONGEST))

    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: many tests wait for a process, a lock or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """Set what every process of the suite inherits."""
    os.umask(MASK)


def sendable(value: object) -> object:
    """Return data of a report with its halves of surrogate pairs escaped: a worker can only send text that UTF-8 can hold, and dies of any other."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {sendable(key): sendable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [sendable(item) for item in value]
    return tuple(sendable(item) for item in value) if type(value) is tuple else value


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_report_to_serializable() -> Generator[None, pluggy.Result[dict[str, object] | None], None]:
    """Send a failing test's report for what it is, whatever stands in its message."""
    outcome = yield
    told = outcome.get_result()
    outcome.force_result(None if told is None else {str(sendable(key)): sendable(item) for key, item in told.items()})


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own and take every variable away that could lead out of it."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if (name.startswith(FOREIGN) or name in ALSO_FOREIGN) and name not in OURS:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    forget_beneath()
    return home
