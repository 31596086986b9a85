from __future__ import annotations

import shlex

import pytest

from gateway.analysis.command_intent import BUILD, COMMIT, MAX_NAME, MAX_NESTED, TESTS, intent_of, looks_up

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
    ("grep -rn 'foo|make bar' src", "grep -rn"),
    ('echo "done; make test"', "echo done; make test"),
    ("git log --grep='a && pytest'", "git log"),
    ("sed -i 's/(make)/x/' Makefile", "sed -i"),
    ("ls # then make", "ls"),
    ("cat <<'EOF'\nmake\nEOF", "cat"),
    ("'make' all", BUILD),
    ("ma\\\nke", BUILD),
    ("if [ -f x ]; then make; fi", BUILD),
    ("for x in a b; do (cd $x && npm test); done", TESTS),
    ("echo $(make -s)", BUILD),
    ("out=`pytest -q`", TESTS),
    ("bash -lc 'cd x && pytest -q'", TESTS),
    ("sh -c \"bash -c 'make'\"", BUILD),
    ("bash run.sh -c", "bash run.sh"),
    ("case $x in a) make;; esac", BUILD),
    ("f() { make; }; f", BUILD),
    ("pytest 'never closed", "pytest 'never closed"),
    ("", ""),
    ("&&;|", "&&;|"),
]


class TestIntent:
    @pytest.mark.parametrize(("command", "intent"), CASES)
    def test_is_the_same_however_it_is_started(self, command: str, intent: str) -> None:
        assert intent_of(command) == intent

    def test_scripts_in_scripts_end(self) -> None:
        command = "make"
        for _ in range(MAX_NESTED + 1):
            command = f"bash -c {shlex.quote(command)}"
        assert intent_of(command).startswith("bash -c")

    def test_a_long_word_is_cut(self) -> None:
        assert len(intent_of(f"python -c '{'x ' * 500}'")) <= MAX_NAME


@pytest.mark.parametrize(
    ("line", "looks"),
    [
        ("grep -r foo src", True),
        ("cd src && rg foo", True),
        ("git status --short", True),
        ("git diff", True),
        ("git push", False),
        ("rm -rf build", False),
        ("pytest -q", False),
        ("", False),
    ],
)
def test_what_only_looks_something_up(line: str, looks: bool) -> None:
    assert looks_up(line) is looks
