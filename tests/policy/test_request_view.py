from __future__ import annotations

import pytest

from gateway.model.action import CONNECT, GLOB, READ, RUN, TREE, UNKNOWN, WRITE, Action
from gateway.model.globs import compile_pattern, match_parts
from gateway.policy.request_view import Sight, asked_path, raw_path, subject, unknown_patterns, witness_of
from gateway.policy.sensitive import compile_labels
from tests.builders import HOME, PROJECT, call, facts

LABELS = compile_labels()


def sight(*actions: Action, **changes: object) -> Sight:
    return Sight(call(*actions), facts(**changes), LABELS)


class TestPaths:
    @pytest.mark.parametrize(
        ("target", "base", "want"),
        [
            ("a", "", f"{PROJECT}/a"),
            ("a", "sub", f"{PROJECT}/sub/a"),
            ("a", "/x", "/x/a"),
            ("../b", "", f"{HOME}/b"),
            ("~/b", "/x", f"{HOME}/b"),
            ("/b", UNKNOWN, "/b"),
        ],
    )
    def test_asked(self, target: str, base: str, want: str) -> None:
        assert asked_path(Action(READ, target, base=base), PROJECT, HOME) == want

    def test_an_unknown_base_makes_the_path_unknown(self) -> None:
        assert UNKNOWN in asked_path(Action(READ, "a", base=UNKNOWN), PROJECT, HOME)

    def test_raw_keeps_the_way_through_a_link(self) -> None:
        assert raw_path(Action(READ, "link/../x"), PROJECT, HOME) == f"{PROJECT}/link/../x"


class TestSpots:
    def test_a_link_has_two_places(self) -> None:
        (spot,) = sight(Action(READ, "link"), real={f"{PROJECT}/link": "/etc/x"}).spots(0)
        assert (spot.asked.path, spot.real.path) == (f"{PROJECT}/link", "/etc/x")

    def test_the_kernels_way_through_a_link_counts(self) -> None:
        (spot,) = sight(Action(READ, "link/../x"), real={f"{PROJECT}/link/../x": "/etc/x"}).spots(0)
        assert spot.real.path == "/etc/x"

    def test_what_a_tree_holds_is_found_not_named(self) -> None:
        spots = sight(Action(READ, ".", how=(TREE,)), trees={PROJECT: ((f"{PROJECT}/.env",), True)}).spots(0)
        assert [(spot.asked.path, spot.named) for spot in spots] == [(PROJECT, True), (f"{PROJECT}/.env", False)]

    def test_a_glob_has_its_matches_and_a_witness(self) -> None:
        pattern = f"{PROJECT}/.e*v"
        spots = sight(Action(READ, ".e*v", how=(GLOB,)), globs={pattern: ((f"{PROJECT}/.env",), True)}).spots(0)
        assert spots[0].asked.name == ".env" and spots[-1].pattern is not None and spots[-1].known

    def test_folded_names_are_compared_without_case(self) -> None:
        (spot,) = sight(Action(READ, "A/.ENV"), folded=True).spots(0)
        assert spot.asked.name == ".env"


class TestOnce:
    def test_commands_hosts_and_labels(self) -> None:
        seen = sight(Action(RUN, "/x/rm", words=("/x/rm", "-rf")), Action(CONNECT, "https://A.example/"), real={"/x/rm": "/bin/curl"})
        assert seen.command(0).program == "rm" and seen.real_command(0).program == "curl"  # type: ignore[union-attr]
        assert seen.host(1).name == "a.example" and seen.is_secret(f"{PROJECT}/.env") and not seen.is_secret("/x/y")

    def test_a_link_to_a_secret_is_one(self) -> None:
        assert sight(real={f"{PROJECT}/notes": f"{PROJECT}/.env"}).is_secret(f"{PROJECT}/notes")


class TestPatterns:
    @pytest.mark.parametrize("pattern", ["/a/*/b", "/a/**", "/s[ec]x/*.py", "/?/x"])
    def test_a_witness_matches_its_pattern(self, pattern: str) -> None:
        compiled = compile_pattern(pattern)
        assert match_parts(compiled, witness_of(compiled).split("/")[1:])

    def test_unknown_parts_may_hold_slashes(self) -> None:
        flat, deep = unknown_patterns(f"/a/x{UNKNOWN}y")
        assert match_parts(flat, ["a", "xzy"]) and match_parts(deep, ["a", "x1", "b", "2y"])

    def test_subjects(self) -> None:
        told = [
            subject(action)
            for action in (
                Action(READ, "x"),
                Action(WRITE, "x", how=("delete",)),
                Action(RUN, "rm", words=("rm", f"a{UNKNOWN}")),
                Action("use", "T"),
            )
        ]
        assert told == ["reading `x`", "deleting `x`", "running `rm a…`", "calling `T`"]
