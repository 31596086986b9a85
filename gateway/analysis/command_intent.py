"""What a command line is meant to do: tests are tests and a build is a build, however they are started. Pure.

The line is read by the parser that judges it, so that `grep 'foo|make bar'` searches and builds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gateway.shell.syntax import ast
from gateway.shell.syntax.parser import parse

TESTS = "run tests"
BUILD = "build"
COMMIT = "commit"

_TESTS = frozenset(
    (
        "pytest",
        "py.test",
        "tox",
        "nox",
        "jest",
        "vitest",
        "mocha",
        "rspec",
        "phpunit",
        "ctest",
        "unittest",
        "ava",
        "playwright",
    )
)
_BUILDS = frozenset(
    ("make", "tsc", "mvn", "gradle", "gradlew", "cmake", "ninja", "bazel", "webpack", "vite", "msbuild", "xcodebuild")
)
_SECOND = {
    "cargo": {"test": TESTS, "nextest": TESTS, "build": BUILD, "check": BUILD},
    "go": {"test": TESTS, "build": BUILD},
    "dotnet": {"test": TESTS, "build": BUILD},
    "npm": {"test": TESTS, "t": TESTS, "build": BUILD},
    "pnpm": {"test": TESTS, "build": BUILD},
    "yarn": {"test": TESTS, "build": BUILD},
    "bun": {"test": TESTS, "build": BUILD},
    "make": {"test": TESTS, "check": TESTS, "tests": TESTS},
    "mvn": {"test": TESTS, "verify": TESTS},
    "gradle": {"test": TESTS, "check": TESTS},
    "gradlew": {"test": TESTS, "check": TESTS},
    "bazel": {"test": TESTS},
    "docker": {"build": BUILD},
    "git": {"commit": COMMIT},
    "uv": {"build": BUILD},
}
_BEFORE = frozenset(
    "env time timeout nice nohup sudo command exec npx bunx pnpx uvx uv poetry pdm hatch rye pipenv run coverage python python3 node -m --".split()
)
"""Words that stand before the program that matters."""
_WITH_VALUE = frozenset(("--with", "--python", "-p", "--group", "--extra", "--project", "--package"))
"""Options of those words that take the next word."""
_SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ksh"))
"""Shells that take a script as a word: agents start every command as `bash -lc '…'` (Codex CLI)."""
_LOOKS = frozenset(
    (
        "cat",
        "cd",
        "diff",
        "du",
        "egrep",
        "fgrep",
        "file",
        "find",
        "grep",
        "head",
        "jq",
        "ls",
        "nl",
        "pgrep",
        "ps",
        "pwd",
    )
    + ("rg", "stat", "tail", "test", "tree", "type", "wc", "which", "[")
)
_GIT_LOOKS = frozenset(("blame", "diff", "grep", "log", "ls-files", "rev-parse", "show", "status"))
"""Commands that look something up; that they found nothing, which many tell with an error, fails no purpose."""
MAX_NESTED = 4
"""Most scripts in scripts that are read."""
MAX_NAME = 80
"""Most characters of a line that stands for itself."""


def looks_up(command: str) -> bool:
    """Whether a command line only looks something up, by the first of its commands that counts."""
    program, _, rest = intent_of(command).partition(" ")
    return program in _LOOKS or (program == "git" and rest in _GIT_LOOKS)


@lru_cache(maxsize=8192)
def intent_of(command: str) -> str:
    """Return what a command line is meant to do: TESTS, BUILD, COMMIT, or its first two words."""
    first = ""
    for words in simple_commands(command.replace("⏎", "\n")):
        intent = _intent(words)
        if intent:
            return intent
        if not first and words[0] not in ("cd", "export", "source", "."):
            first = " ".join(" ".join(words[:2]).split())[:MAX_NAME]
    return first or command[:40]


def simple_commands(text: str, depth: int = 0) -> Iterator[list[str]]:
    """Yield the words of every simple command of a shell text, quotes removed; what only running it tells stands as it
    is written.
    """
    todo: list[object] = [parse(text)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Simple):
            words = [_text(word, text) for word in node.words]
            if words:
                yield words
                if depth < MAX_NESTED and (script := _script_of(words)):
                    yield from simple_commands(script, depth + 1)
        todo += reversed(_within(node))


def _within(node: object) -> list[object]:
    """Return what stands in a node of the syntax tree, in the order of the text."""
    if isinstance(node, ast.Script):
        return [pipeline for pipeline, _ in node.items]
    if isinstance(node, ast.Pipeline):
        return [*node.commands]
    if isinstance(node, ast.Simple):
        return [*node.assignments, *node.words]
    if isinstance(node, ast.Word):
        return [*node.parts]
    if isinstance(node, ast.Assignment):
        return [node.value, *(node.items or ())]
    if isinstance(node, ast.Substitution):
        return [node.script]
    if isinstance(node, ast.If):
        return [*node.scripts]
    if isinstance(node, ast.Loop):
        return [node.condition, node.body]
    if isinstance(node, ast.Case):
        return [script for _, script in node.branches]
    if isinstance(node, ast.For):
        return [*(node.words or ()), node.body]
    return [node.body] if isinstance(node, ast.Group | ast.Subshell | ast.Function | ast.Coproc) else []


def _text(word: ast.Word | ast.Assignment, text: str) -> str:
    parts = word.parts if isinstance(word, ast.Word) else []
    if parts and all(isinstance(part, ast.Literal) for part in parts):
        return "".join(part.text for part in parts if isinstance(part, ast.Literal))
    return text[word.start : word.end]


def _script_of(words: list[str]) -> str:
    """Return the script that a shell is given as a word, "" where there is none."""
    if words[0].rpartition("/")[2] not in _SHELLS:
        return ""
    for index, word in enumerate(words[1:-1], 1):
        if word.startswith("-") and not word.startswith("--") and word.endswith("c"):
            return words[index + 1]
    return ""


def _intent(words: list[str]) -> str:
    """Return what one simple command is meant to do, "" when it is none of ours."""
    rest = iter(words)
    for word in rest:
        name = word.rpartition("/")[2]
        if name in _TESTS:
            return TESTS
        if name in _SECOND:
            second = next(rest, "")
            if second == "run":
                second = next(rest, "")
            found = _SECOND[name].get(second.partition(":")[0])
            if found:
                return found
            if name in _BEFORE:
                if second in _WITH_VALUE:
                    next(rest, "")
                elif second.rpartition("/")[2] in _TESTS:
                    return TESTS
                continue
        if name in _BUILDS:
            return BUILD
        if word in _WITH_VALUE:
            next(rest, "")
        elif (
            name not in _BEFORE
            and "=" not in word
            and not word.startswith("-")
            and not word.isdigit()
            and not name.startswith("python")
        ):
            return ""
    return ""
