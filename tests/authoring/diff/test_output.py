from __future__ import annotations

import pytest

from gateway.authoring.diff.compare import Comparison, Difference, Said
from gateway.authoring.diff.example_calls import Spelled
from gateway.authoring.diff.output import as_data, as_text, fails

LOOSER = Difference("run", Said(2, 2, "commands.deny[0]", "old.json:3"), Said(0, 0, "default"), Spelled("Bash", {"command": "make"}))
STRICTER = Difference("read", Said(0, 0, "default"), Said(1, 2, "files.read.ask[0]"), Spelled("Read", {"file_path": "/a"}), 86400.0)
OBSERVED = Difference("run", Said(0, 2, "a"), Said(0, 0, "b"), Spelled("Bash", {"command": "x"}))


class TestFails:
    @pytest.mark.parametrize(
        ("differences", "names"),
        [
            ([], set()),
            ([LOOSER], {"any", "relaxed", "newly-allowed"}),
            ([STRICTER], {"any", "tightened", "newly-asked"}),
            ([OBSERVED], {"any"}),
        ],
    )
    def test_each_word(self, differences: list[Difference], names: set[str]) -> None:
        words = ("any", "relaxed", "tightened", "newly-allowed", "newly-asked", "newly-denied")
        assert {word for word in words if fails(Comparison(differences), word)} == names

    def test_settings_are_something(self) -> None:
        assert fails(Comparison(settings=[("a", 1, 2)]), "any") and not fails(Comparison(settings=[("a", 1, 2)]), "relaxed")


class TestForms:
    def test_the_same(self) -> None:
        assert as_text("a", "b", Comparison()) == "a and b say the same.\n"
        assert as_data("a", "b", Comparison())["equal"] is True

    def test_text(self) -> None:
        text = as_text("a", "b", Comparison([LOOSER, STRICTER], [("limits.errors", None, {"max": 3})], ["flow x"]))
        assert text.splitlines() == [
            "--- a",
            "+++ b",
            "+ run     deny → allow      Bash: make",
            "          commands.deny[0] [old.json:3] → default",
            "? read    allow → ask (observed: deny)Read: /a from 1970-01-02",
            "          default → files.read.ask[0]",
            "  limits.errors: absent → {'max': 3}",
            "  cannot be shown here: flow x",
        ]

    def test_data(self) -> None:
        data = as_data("a", "b", Comparison([STRICTER]))["differences"][0]
        assert data == {
            "kind": "read",
            "change": "newly-asked",
            "old": {"effect": "allow", "rule": "default", "source": ""},
            "new": {"effect": "ask", "rule": "files.read.ask[0]", "source": "", "shadow": "deny"},
            "call": {"tool": "Read", "input": {"file_path": "/a"}},
            "text": "Read: /a",
            "from": "1970-01-02",
        }
