from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.command_line import Run
from tests.stores import event, pytest_story, session


@pytest.fixture
def story(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store with the story of the README."""
    monkeypatch.setenv("USER", "alice")
    session(store, "s1", *pytest_story())
    return store


class TestAnnotate:
    def test_the_lines_of_the_readme(self, story: Path, run: Run) -> None:
        assert " added to event #12 of s1\n" in run("annotate", "s1", 12, "--note", "Why did it call bash here?").out
        assert run("annotate", "s1", 12, "--label", "regression").code == run("annotate", "s1", 12, "--bookmark").code == 0
        found = run("annotate", "s1", "--list", "--json").json["annotations"]
        assert [(one["event"], one["note"], one["label"], one["bookmark"], one["author"]) for one in found] == [
            (12, "Why did it call bash here?", "", False, "alice"),
            (12, "", "regression", False, "alice"),
            (12, "", "", True, "alice"),
        ]
        assert found[0]["offset_seconds"] == 112.6 and found[0]["created_at"] > 1.7e9
        assert run("annotate", "s1", 12, "--delete", found[1]["annotation_id"]).out == f"Annotation {found[1]['annotation_id']} removed\n"
        assert len(run("annotate", "--list", "--json").json["annotations"]) == 2

    def test_list_for_people(self, story: Path, run: Run) -> None:
        assert run("annotate", "--list").out == "Nothing was noted on s1.\n"
        run("annotate", "#5", "--note", "again\x1b[2J", "--label", "retry", "--bookmark", "--author", "bob")
        run("annotate", "s1", 3, "--label", "ok")
        lines = run("annotate", "s1", "--list").out.splitlines()
        assert lines[0] == "#3    +    3.55s  tool_call: Glob **/*.test.*" and lines[2].startswith(
            "#5    +    6.06s  tool_call: Bash $ python -m pytest"
        )
        assert lines[3].startswith("       🔖 [retry] “again�[2J” (bob, 20")
        assert len(run("annotate", "s1", 3, "--list").out.splitlines()) == 2

    def test_credentials_are_not_noted(self, story: Path, run: Run) -> None:
        secret = "ghp_" + "aB3" * 12
        run("annotate", "s1", 1, "--note", f"it printed {secret}")
        assert secret not in (story / "s1" / "annotations.jsonl").read_text()

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("s1", 99, "--note", "x"), 3),
            (("s1", "zz", "--note", "x"), 3),
            (("nope", 1, "--note", "x"), 3),
            (("s1", "--delete", "zz"), 3),
            (("s1", 1), 2),
            (("--note", "x"), 2),
            (("s1", 1, "--note", "x", "--list"), 2),
            (("s1", 1, 2, "--note", "x"), 2),
        ],
    )
    def test_wrong(self, story: Path, run: Run, words: tuple[str, ...], code: int) -> None:
        found = run("annotate", *words)
        assert found.code == code and found.out == "" and found.err

    def test_an_annotation_of_an_event_that_is_gone(self, story: Path, run: Run) -> None:
        run("annotate", "s1", 12, "--label", "fail")
        session(story, "s1", event("x", 0))
        assert run("annotate", "--list").out.startswith("#?    + 1m52.60s  an event that is not there (any more)\n")

    def test_sessions_are_found_by_their_labels(self, story: Path, run: Run) -> None:
        session(story, "s2", event("x", 0))
        run("annotate", "s1", 12, "--label", "fail")
        assert [row["session"] for row in run("list", "--label", "fail", "--json").json["sessions"]] == ["s1"]
        assert run("list", "--label", "pass").code == 3
