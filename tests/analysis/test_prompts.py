from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.phases import phases_of
from gateway.analysis.prompts import prompt_of, said_by_person
from gateway.analysis.summary_fold import summarized
from gateway.traces.decode import parsed
from tests.stores import call, event, failure, lines_of, result

HARNESS = [
    "<task-notification>\n<task-id>b1</task-id>\n<status>completed</status>\n</task-notification>",
    "<task-notification>cut off",
    "[Request interrupted by user]",
    "[Request interrupted by user for tool use]",
    "<command-name>/clear</command-name>\n<command-message>clear</command-message>\n<command-args></command-args>",
    "<local-command-stdout>Compacted</local-command-stdout>",
    "<system-reminder>Your todo list is empty.</system-reminder>",
    "<ide_opened_file>The user opened /p/a.py in the IDE.</ide_opened_file>",
    "<environment_context>\n  <cwd>/p</cwd>\n</environment_context>",
    "<user-prompt-submit-hook>ok</user-prompt-submit-hook>",
    "Please continue from where you left off.",
    "Continue from where you left off.",
    "This session is being continued from a previous conversation that ran out of context. The summary …",
    "Stop hook feedback:\n- [lint]: 3 problems",
    "# AGENTS.md instructions for /p\n\n<INSTRUCTIONS>be brief</INSTRUCTIONS>",
    " <system-reminder>a</system-reminder>\n<ide_selection>b</ide_selection> ",
]
PEOPLE = [
    ("fix the auth module", "fix the auth module"),
    ("<ide_opened_file>a.py</ide_opened_file>\nfix it", "fix it"),
    ("fix it\n<system-reminder>be brief</system-reminder>", "fix it"),
    ("Please continue from where you left off, but skip\nthe tests", "Please continue from where you left off, but skip\nthe tests"),
    ("why does `[Request interrupted by user]` stand in my transcript?", "why does `[Request interrupted by user]` stand in my transcript?"),
    ("<div>center this</div>", "<div>center this</div>"),
    ("make <command> work", "make <command> work"),
    ("", ""),
]


def prompt(text: Any) -> Any:
    return parsed(lines_of(event("user_prompt", 1, prompt=text)))


class TestPromptOf:
    @pytest.mark.parametrize("text", HARNESS)
    def test_what_the_client_writes_is_nobodys_prompt(self, text: str) -> None:
        assert said_by_person(text) == "" and prompt_of(prompt(text)) is None

    @pytest.mark.parametrize(("text", "said"), PEOPLE)
    def test_what_a_person_said_stays(self, text: str, said: str) -> None:
        assert prompt_of(prompt(text)) == said

    def test_only_a_prompt_is_one_and_a_picture_is(self) -> None:
        assert prompt_of(parsed(lines_of(event("note", 1, prompt="x")))) is None  # type: ignore[arg-type]
        assert prompt_of(prompt([{"type": "image"}])) is not None

    def test_what_stands_behind_many_parts_is_found(self) -> None:
        assert said_by_person("<system-reminder>a</system-reminder>" * 1_000 + "fix it") == "fix it"
        assert said_by_person("x" * 200_000) == "x" * 200_000


class TestReports:
    @pytest.mark.parametrize("text", HARNESS)
    def test_no_phase_no_title_and_no_count_hangs_on_it(self, text: str) -> None:
        lines = [
            event("user_prompt", 0, prompt=text),
            event("user_prompt", 1, prompt="fix it"),
            call(2, "a", "Bash", command="pytest"),
            event("user_prompt", 3, prompt=text),
            failure(4, "a", "Bash"),
            call(5, "b", "Edit", file_path="x"),
            result(6, "b", "Edit"),
        ]
        events = [one for one in map(parsed, lines_of(*lines).splitlines(keepends=True)) if one]
        assert [phase.label for phase in phases_of(events)] == ["fix it"]
        summary = summarized(events)
        assert (summary.prompts, summary.title, summary.events) == (1, "fix it", 7)
