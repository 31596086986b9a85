from __future__ import annotations

import pytest

from gateway.analysis import rejections as module
from gateway.analysis.rejections import BY_CLIENT, BY_PERSON, not_let_run, rejection_of, rejections
from gateway.model.event import Event
from gateway.traces.decode import parsed
from tests.authoring.windows import REFUSALS
from tests.stores import call, event, failure, lines_of, result


def events(*rows: object) -> list[Event]:
    return [found for line in lines_of(*rows).splitlines() if (found := parsed(line)) is not None]


class TestRejectionOf:
    @pytest.mark.parametrize(("want", "text"), REFUSALS)
    def test_the_words_of_clients_and_systems(self, want: str, text: str) -> None:
        assert rejection_of(*events(failure(1, "c", "Bash", text))) == want

    @pytest.mark.parametrize(
        "text",
        [
            "Exit code 1\nFAILED tests/test_users.py::test_login",
            "Exit code 2\nmake: *** [test] Error 2",
            "File does not exist.",
            "Error: listen EADDRINUSE",
            "Exit code 1\n" + "x" * 1000 + "\nPermission denied is what this test prints\n" + "y" * 1000,
            "String to replace not found in file.",
        ],
    )
    def test_a_failure_is_no_refusal(self, text: str) -> None:
        assert rejection_of(*events(failure(1, "c", "Bash", text))) == ""

    def test_a_file_that_speaks_of_permissions_is_no_refusal(self) -> None:
        assert rejection_of(*events(result(1, "c", "Read", "# Permissions\nPermission denied means …"))) == ""

    def test_an_output_that_only_tells_of_the_persons_no(self) -> None:
        assert rejection_of(*events(result(1, "c", "shell", "aborted by user after 3.2s"))) == BY_PERSON


class TestRejections:
    def test_a_prompt_without_a_result_was_answered_with_no(self) -> None:
        asked = event("note", 1, hook_event="PermissionRequest", tool_name="Bash", tool_input={"command": "npm publish"})
        rows = [call(0, "a", "Bash", command="npm publish"), asked, call(2, "b", "Bash", command="ls"), result(3, "b", "Bash", "x")]
        assert rejections(events(*rows)) == {"a": BY_PERSON}
        assert rejections(events(*rows, result(4, "a", "Bash", "done"))) == {}

    def test_the_client_says_no_in_its_own_event(self) -> None:
        row = {**call(0, "a", "Bash", command="x")}
        row["data"]["tool_use_id"] = "t1"
        assert rejections(events(row, event("note", 1, hook_event="PermissionDenied", tool_use_id="t1"))) == {"a": BY_CLIENT}


class TestNotLetRun:
    @pytest.mark.parametrize(("want", "text"), REFUSALS)
    def test_what_is_looked_for_first_misses_none(self, want: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        told = not_let_run(*events(failure(1, "c", "Bash", text)))
        monkeypatch.setattr(module, "_HINTS", ("",))
        assert not_let_run(*events(failure(1, "c", "Bash", text))) is told

    def test_what_was_interrupted_had_begun(self) -> None:
        assert not not_let_run(*events(event("error", 1, parent="c", error="The user rejected it", is_interrupt=True)))
        assert not_let_run(*events(event("error", 1, parent="c", error="The user rejected it")))
