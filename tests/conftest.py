"""A scrubbed environment for every test: no home, configuration or trace folder of this machine is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import forget_beneath


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own and take every variable away that could lead out of it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in (
        "XDG_STATE_HOME",
        "XDG_CONFIG_HOME",
        "AGENT_TRACE_DIR",
        "CLAUDE_PROJECT_DIR",
        "CLAUDE_CONFIG_DIR",
        "CODEX_HOME",
        "COPILOT_HOME",
        "NO_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    forget_beneath()
    return home
