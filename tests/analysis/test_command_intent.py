from __future__ import annotations

import pytest

from gateway.analysis.command_intent import BUILD, COMMIT, TESTS, aim_of

CASES = [
    ("pytest", TESTS),
    ("python -m pytest tests/ -v 2>&1", TESTS),
    ("python3 -m unittest", TESTS),
    ("uv run pytest -q", TESTS),
    ("uv run --with pytest pytest tests/ -v 2>&1", TESTS),
    ("cd src && FOO=1 timeout 60 .venv/bin/pytest -x", TESTS),
    ("npm test", TESTS),
    ("npm run test:unit", TESTS),
    ("npx jest", TESTS),
    ("cargo test --all", TESTS),
    ("go test ./...", TESTS),
    ("make test", TESTS),
    ("./gradlew test", TESTS),
    ("cd x ⏎ pytest", TESTS),
    ("make", BUILD),
    ("npm run build", BUILD),
    ("docker build .", BUILD),
    ("tsc -p .", BUILD),
    ("git add -A && git commit -m 'x'", COMMIT),
    ("which pytest || ls", "which pytest"),
    ("cat pytest.ini", "cat pytest.ini"),
    ("pip install pytest", "pip install"),
    ("grep -rn pytest .", "grep -rn"),
    ("git status", "git status"),
    ("uv sync", "uv sync"),
    ("echo run tests", "echo run"),
    ("cd src && ls -la", "ls -la"),
    ("", ""),
    ("&&;|", "&&;|"),
]


class TestAim:
    @pytest.mark.parametrize(("command", "aim"), CASES)
    def test_is_the_same_however_it_is_started(self, command: str, aim: str) -> None:
        assert aim_of(command) == aim
