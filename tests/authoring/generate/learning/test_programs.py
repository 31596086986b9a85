from __future__ import annotations

import pytest

from gateway.authoring.generate.learning.programs import in_its_order, is_inline, known_words, needs_entry, split_command
from gateway.model.action import DATA, RUN, UNKNOWN, WRAPPER, Action


def run(line: str, **changes: object) -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words, **changes)  # type: ignore[arg-type]


class TestPrograms:
    @pytest.mark.parametrize(
        ("line", "want"),
        [("bash -c x", True), ("python -c x", True), ("node -e x", True), ("python -m pytest", False), ("python a.py", False), ("grep -e x", False)],
    )
    def test_inline_code(self, line: str, want: bool) -> None:
        assert is_inline(run(line)) is want

    def test_what_needs_no_entry(self) -> None:
        assert [needs_entry(run("x", how=how)) for how in ((DATA,), (WRAPPER,), ())] == [False, False, True]

    def test_words_end_where_nothing_is_known(self) -> None:
        assert known_words(run(f"git add a{UNKNOWN} b")) == ("git", "add")

    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("git -C log push origin", ("git", ["push", "origin"], ["-C"])),
            ("git commit -m text", ("git", ["commit"], ["-m"])),
            ("/usr/bin/git status", ("/usr/bin/git", ["status"], [])),
            ("uv run pytest -q tests", ("uv", ["run", "pytest", "tests"], ["-q"])),
        ],
    )
    def test_operands_are_operands_under_every_reading(self, line: str, want: object) -> None:
        assert split_command(tuple(line.split())) == want

    @pytest.mark.parametrize(
        ("line", "operands", "options", "want"),
        [
            ("python -m pytest -q", ["pytest"], ["-m", "-q"], "-m pytest -q"),
            ("git -C log push origin", ["push", "origin"], ["-C"], "push origin -C"),
            ("git push -f origin main", ["push", "origin"], ["-f"], "push -f origin"),
            ("git push -f", ["push"], [], "push"),
            ("rm -r a -r b", ["a", "b"], ["-r"], "-r a b"),
            ("cp a a -v", ["a", "a"], ["-v"], "a a -v"),
            ("ls -l", [], ["-l"], "-l"),
        ],
    )
    def test_a_command_keeps_its_order(self, line: str, operands: list[str], options: list[str], want: str) -> None:
        assert in_its_order(tuple(line.split()), operands, options) == want.split()
