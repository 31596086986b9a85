from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gateway.doors.hook.install import ENTRY, agent_of, hook_command


def test_a_hook_starts_this_package_isolated_from_what_surrounds_it() -> None:
    assert hook_command() == (sys.executable, "-I", "-S", ENTRY)
    assert Path(ENTRY).is_absolute() and Path(ENTRY).is_file() and Path(ENTRY).parts[-2:] == ("gateway", "entry.py")


def test_an_agent_is_found_by_its_name_alone() -> None:
    assert agent_of("claude-code").NAME == "claude-code"
    with pytest.raises(KeyError):
        agent_of("install")
