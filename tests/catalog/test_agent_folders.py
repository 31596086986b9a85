"""Folders of agents: single names, so that they are found at any depth."""

from __future__ import annotations

from gateway.catalog.agent_folders import SETTINGS_FOLDERS
from gateway.doors.hook import AGENTS


def test_names_of_folders_in_lower_case() -> None:
    assert all(name.startswith(".") and "/" not in name and name == name.lower() for name in SETTINGS_FOLDERS)


def test_every_agent_with_a_hook_has_one() -> None:
    assert {f".{agent.partition('-')[0]}" for agent in AGENTS} <= SETTINGS_FOLDERS
