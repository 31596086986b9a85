"""What of the guard itself an action reaches."""

from __future__ import annotations

import pytest

from gateway.model.action import CREATE, DELETE, GLOB, LIST, META, READ, RUN, SEARCH, TREE, UNKNOWN, WRITE, Action
from gateway.policy.guard import AREA, CODE, KEY, LIBRARY, LINKED, SITE, SOURCE, reached, touched, touches
from tests.builders import HOME, PROJECT, call, facts

VENV = "/opt/venv"
SITE_FOLDER = f"{VENV}/lib/python3.11/site-packages"
LIB = "/opt/python/lib/python3.11"
STATE = f"{HOME}/.local/state/agent-strace"
PLACES = {
    f"{SITE_FOLDER}/gateway": CODE,
    SITE_FOLDER: SITE,
    f"{VENV}/bin": CODE,
    VENV: AREA,
    LIB: LIBRARY,
    STATE: CODE,
    f"{STATE}/key": KEY,
    f"{PROJECT}/gateway": SOURCE,
}


def kinds(action: Action, **changes: object) -> set[str]:
    seen = facts(guard=PLACES, **changes)
    return touched(action, call(action), seen)


@pytest.mark.parametrize(
    ("path", "how", "want"),
    [
        (f"{SITE_FOLDER}/gateway/entry.py", (), {CODE, SITE}),
        (f"{VENV}/bin/python", (CREATE,), {CODE}),
        (f"{VENV}/bin/python", (META,), {CODE}),
        (f"{SITE_FOLDER}/yaml/__init__.py", (), {SITE}),
        (f"{SITE_FOLDER}/evil.pth", (), {SITE}),
        (f"{SITE_FOLDER}/sitecustomize.py", (), {SITE}),
        (f"{SITE_FOLDER}/__editable__.x.py", (), {SITE}),
        (f"{SITE_FOLDER}/requests/api.py", (), set()),
        (SITE_FOLDER, ("unpack",), {CODE, SITE}),
        (VENV, (TREE,), {CODE, SITE}),
        (VENV, (), set()),
        (VENV, (DELETE, TREE), {CODE, SITE}),
        (VENV, (DELETE, "moved"), {CODE, SITE}),
        ("/opt", (DELETE, TREE), {CODE, SITE, LIBRARY}),
        ("/opt", (TREE,), set()),
        ("/opt", ("moved",), {CODE, SITE, LIBRARY}),
        (f"{LIB}/json/__init__.py", (), {LIBRARY}),
        (f"{LIB}/site-packages/x.py", (), set()),
        (f"{HOME}/.local", (CREATE,), set()),
        (HOME, ("unpack",), set()),
        (f"{PROJECT}/gateway/x.py", (), {SOURCE}),
        (f"{PROJECT}/gateways/x.py", (), set()),
        (f"{PROJECT}/tests/x.py", (), set()),
        (f"{STATE}/key", (), {CODE, KEY}),
    ],
)
def test_writes(path: str, how: tuple[str, ...], want: set[str]) -> None:
    assert kinds(Action(WRITE, path, how=how)) == want


@pytest.mark.parametrize(
    ("path", "how", "want"),
    [
        (f"{STATE}/key", (), {KEY}),
        ("~/.local/state/agent-strace/key", (), {KEY}),
        (STATE, (TREE,), {KEY}),
        (HOME, (TREE,), {KEY}),
        (HOME, (SEARCH,), set()),
        (STATE, (SEARCH,), {KEY}),
        (STATE, (LIST,), set()),
        (f"{STATE}/key", (META,), set()),
        (f"{STATE}/other", (), set()),
        (f"{SITE_FOLDER}/gateway/entry.py", (), set()),
        (f"{SITE_FOLDER}/gateway/entry.py", (TREE, LINKED), {CODE, SITE}),
        (f"{SITE_FOLDER}/requests/api.py", (LINKED,), set()),
        (VENV, (TREE, LINKED), {CODE, SITE}),
    ],
)
def test_reads(path: str, how: tuple[str, ...], want: set[str]) -> None:
    assert kinds(Action(READ, path, how=how)) == want


def test_a_link_to_a_place_is_that_place() -> None:
    link = {f"{PROJECT}/l": f"{SITE_FOLDER}/gateway"}
    assert kinds(Action(WRITE, "l"), real=link) == {CODE, SITE}


def test_a_link_on_the_way_may_not_be_laid_anew() -> None:
    assert touches(PLACES, CODE, f"{VENV}/bin", "/opt", Action(WRITE, "/opt", how=(CREATE,)), is_link=True)
    assert not touches(PLACES, CODE, f"{VENV}/bin", "/opt", Action(WRITE, "/opt", how=(CREATE,)))


def test_a_glob_reaches_what_it_matches() -> None:
    found = {"/opt/*": ((VENV,), True)}
    assert kinds(Action(WRITE, "/opt/*", how=(DELETE, TREE, GLOB)), globs=found) == {CODE, SITE}


def test_what_is_not_known_is_no_place() -> None:
    assert kinds(Action(WRITE, f"{UNKNOWN}/x")) == set()


def test_git_rewrites_the_folder_that_the_line_changed_to() -> None:
    git = Action(RUN, "git", words=("git", "checkout", "x"))
    moved = call(Action(RUN, "cd", words=("cd", f"{VENV}/bin")), git)
    assert touched(git, moved, facts(guard=PLACES)) == {CODE, SOURCE}
    assert touched(git, call(git), facts(guard=PLACES)) == {SOURCE}


def test_only_what_is_near_is_kept() -> None:
    assert reached(PLACES, call(Action(WRITE, "src/a.py")), facts()) == {}
    assert reached(PLACES, call(Action(WRITE, f"{VENV}/bin/x")), facts()) == {f"{VENV}/bin": CODE, VENV: AREA}


def test_names_that_differ_by_case_are_one_where_the_file_system_says_so() -> None:
    assert kinds(Action(WRITE, f"{SITE_FOLDER.upper()}/GATEWAY/entry.py"), folded=True) == {CODE, SITE}
