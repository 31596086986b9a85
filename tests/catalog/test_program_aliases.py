"""One command has many spellings; an entry speaks of all of them, and of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.catalog.program_aliases import _SECOND, _SHORT, _VERBS, canonical, others
from gateway.model.action import RUN, Action
from gateway.policy.command_prefix import Command, compile_spellings, prefix_covers, prefix_matches
from tests.builders import effect


def ran(line: str) -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words)


def speaks(entry: str, line: str) -> bool:
    """Whether a deny entry speaks of a command."""
    return any(prefix_matches(prefix, spelled) for prefix in compile_spellings(entry) for spelled in Command(tuple(line.split())).spellings)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("npm install", "npm i x"),
        ("npm i", "npm install x"),
        ("npm install", "npm isntall x"),
        ("npm install", "npm --prefix y add x"),
        ("npm publish", "npm pub"),
        ("npm publish", "npm --loglevel silent pub"),
        ("npm run deploy", "npm run-script deploy"),
        ("npm exec", "npx foo"),
        ("npx foo", "npm x foo"),
        ("npx foo", "npm exec -- foo"),
        ("pip install", "pip3 install x"),
        ("pip install", "pip3.11 install x"),
        ("python3 -c", "python3.11 -c x"),
        ("python -c", "python3.11 -c x"),
        ("gcc", "gcc-12 x.c"),
        ("cargo install", "cargo +nightly install x"),
        ("cargo build", "cargo b --release"),
        ("docker rm", "docker container rm x"),
        ("docker container rm", "docker rm x"),
        ("docker rm --force", "docker container rm -f x"),
        ("docker rmi", "docker image rm x"),
        ("docker build", "docker buildx build ."),
        ("docker compose up", "docker compose -f a.yml up -d"),
        ("docker compose up", "docker-compose up"),
        ("docker-compose up", "docker compose up"),
        ("apt install", "apt-get -y install x"),
        ("apt-get install", "apt install x"),
        ("helm uninstall", "helm delete x"),
        ("kubectl delete pod", "kubectl delete pods x"),
        ("kubectl delete pod", "kubectl delete po/x"),
        ("gh release create", "gh release new v1"),
        ("git add", "git stage x"),
        ("docker container", "docker container rm x"),
        ("docker container *", "docker container rm x"),
        ("npm rm*", "npm rm x"),
        ("npm i*", "npm i x"),
        ("cargo +nightly", "cargo +nightly build"),
        ("kubectl delete po/x", "kubectl delete pod x"),
        ("docker-compose up", "docker --context compose compose up"),
        ("npx foo", "npm --prefix e exec foo"),
        ("kubectl get secret", "kubectl get pods,secrets -n x"),
        ("yarn install", "yarn"),
        ("yarn install", "yarn --frozen-lockfile"),
        ("bundle install", "bundle"),
        ("yarn run deploy", "yarn deploy"),
        ("yarn deploy", "yarn run deploy"),
        ("pnpm run deploy", "pnpm deploy --prod"),
        ("pnpm run deploy --prod", "pnpm deploy --prod"),
        ("npm run test", "npm t"),
        ("npm test", "npm run test"),
    ],
)
def test_the_same(entry: str, line: str) -> None:
    assert speaks(entry, line)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("npm install", "npm ci"),
        ("npm publish", "npm run publish"),
        ("npm publish", "npm p"),
        ("cargo +nightly", "cargo build"),
        ("cargo +nightly build", "cargo build"),
        ("npx x", "npm install x"),
        ("yarn install", "yarn --version"),
        ("npm install", "npm"),
        ("npm deploy", "npm run deploy"),
        ("cargo build", "cargo +/tmp/x build"),
        ("pip3 install", "pip install x"),
        ("python2", "python3 x.py"),
        ("x", "x264 a"),
        ("docker rm", "docker image rm x"),
        ("docker rm", "docker compose rm x"),
        ("docker compose up", "docker up"),
        ("kubectl delete pod", "kubectl delete ns x"),
        ("cargo install", "cargo build"),
    ],
)
def test_something_else(entry: str, line: str) -> None:
    assert not speaks(entry, line)


def test_an_allow_entry_covers_other_words_for_its_verb_but_no_other_program() -> None:
    for entry, line, covered in (
        ("npm install", "npm i x", True),
        ("npm i", "npm install x", True),
        ("docker container", "docker container ls", True),
        ("docker container ls", "docker ps", True),
        ("docker rm", "docker container rm x", True),
        ("pip install", "pip3 install x", False),
        ("npx foo", "npm exec foo", False),
    ):
        command = Command(tuple(line.split()))
        found = any(prefix_covers(prefix, spelled) for prefix in compile_spellings(entry) for spelled in command.same)
        assert found == covered, (entry, line)


def test_who_lists_a_version_means_it() -> None:
    document = {"commands": {"deny": ["python", "python2"], "allow": ["python3"]}}
    assert effect(document, ran("python3 x.py")) == "allow"
    assert effect(document, ran("python3.11 x.py")) == "deny"
    assert effect(document, ran("python2 x.py")) == "deny"


WORDS = st.sampled_from(
    [word for groups in _VERBS.values() for group in groups.split(";") for word in group.split()] + ["x", "+nightly", "container", "image"]
)


@given(st.sampled_from([*_VERBS, "docker", "podman", "kubectl", "rustc", "ls"]), st.lists(WORDS, max_size=4))
def test_law_what_is_canonical_stays_so(program: str, words: list[str]) -> None:
    once = canonical(program, words)
    assert canonical(program, once) == once or program in ("docker", "podman") or once[0].startswith("+")


@given(st.sampled_from([*_VERBS, "docker", "apt", "pip3", "npx", "docker-compose"]), st.lists(WORDS, max_size=4))
def test_law_other_spellings_are_others(program: str, words: list[str]) -> None:
    for other in others((program, *words), program, words):
        assert other != (program, *words)


def test_every_word_of_the_tables_leads_to_one_command() -> None:
    for tables in (_VERBS, _SECOND):
        for program, text in tables.items():
            groups = [group.split() for group in text.split(";")]
            meant: dict[str, str] = {}
            for first, *rest in groups:
                for word in (first, *rest):
                    assert meant.setdefault(word, first) == first, (program, word)
    assert all(" " in long and " " not in short for long, short in _SHORT.items())
