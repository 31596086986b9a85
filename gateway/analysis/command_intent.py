"""What a command line is a try of: tests are tests and a build is a build, however they are started. Pure."""

from __future__ import annotations

from functools import lru_cache

TESTS = "run tests"
BUILD = "build"
COMMIT = "commit"

_TESTS = frozenset(("pytest", "py.test", "tox", "nox", "jest", "vitest", "mocha", "rspec", "phpunit", "ctest", "unittest", "ava", "playwright"))
_BUILDS = frozenset(("make", "tsc", "mvn", "gradle", "gradlew", "cmake", "ninja", "bazel", "webpack", "vite", "msbuild", "xcodebuild"))
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
_CUT = str.maketrans({";": "\n", "|": "\n", "&": "\n", "(": "\n", ")": "\n"})


@lru_cache(maxsize=8192)
def aim_of(command: str) -> str:
    """Return what a command line is a try of: TESTS, BUILD, COMMIT, or its first two words."""
    first = ""
    for part in command.replace("⏎", "\n").translate(_CUT).split("\n"):
        words = part.split()
        aim = _aim(words)
        if aim:
            return aim
        if not first and words and words[0] not in ("cd", "export", "source", "."):
            first = " ".join(words[:2])
    return first or command[:40]


def _aim(words: list[str]) -> str:
    """Return the aim of one simple command, "" when it has none of ours."""
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
        elif name not in _BEFORE and "=" not in word and not word.startswith("-") and not word.isdigit() and not name.startswith("python"):
            return ""
    return ""
