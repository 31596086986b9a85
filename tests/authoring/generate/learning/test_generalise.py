from __future__ import annotations

import pytest

from gateway.authoring.generate.learning.generalise import ALONE, COMMAND_LEVELS, PATH_LEVELS, as_entry, command_entry, entries_for
from gateway.authoring.generate.learning.wants import SOMEWHERE, Want
from tests.builders import tool_effect


def paths(level: str, *things: str) -> list[str]:
    wants = [Want("files.read", thing.removesuffix("/"), tree=thing.endswith("/")) for thing in things]
    return sorted(entries_for("files.read", wants, PATH_LEVELS.index(level)))


class TestPaths:
    @pytest.mark.parametrize(
        ("level", "things", "want"),
        [
            ("exact", ["./a/b.py", "./a/c.py"], ["./a/b.py", "./a/c.py"]),
            ("folder", ["./a/b.py", "./a/c.py", "./a/d.md"], ["./a/*.py", "./a/d.md"]),
            ("tree", ["./a/b.py", "./a/x/c.py", "./a/d.md", "./z.md"], ["./a/**", "./z.md"]),
            ("tree", ["./a/b.py", "./a/c.py"], ["./a/b.py", "./a/c.py"]),
            ("project", ["./a/b.py", "./z.md"], ["./**"]),
            ("exact", ["./a/", "./a/b.py"], ["./a/**"]),
            ("exact", ["./"], ["./**"]),
            ("exact", ["./d[1]/x.md"], ["./d\\[1\\]/x.md"]),
            ("tree", ["/usr/lib/python3/a.py", "/etc/hosts", "/root/x/y", "/home/me/y", "/srv/data/y"], ["/etc/hosts", "/usr/lib/python3/**"]),
            ("project", ["~/.ssh/config", "~/notes/a.md", "~/x.md"], []),
            ("project", ["/tmp/x.txt"], ["/tmp/**"]),
            ("tree", ["./.github/a", "./.github/b", "./.github/c"], ["./.github/a", "./.github/b", "./.github/c"]),
        ],
    )
    def test_table(self, level: str, things: list[str], want: list[str]) -> None:
        assert paths(level, *things) == want


class TestCommands:
    @pytest.mark.parametrize(
        ("line", "words", "sub", "program"),
        [
            ("git --version", f"git --version{ALONE}", f"git --version{ALONE}", f"git --version{ALONE}"),
            ("git", f"git{ALONE}", f"git{ALONE}", f"git{ALONE}"),
            ("docker -v", "", "", ""),
            ("npm run", "", "", ""),
            ("npm install", "npm install", "npm install", "npm install"),
            ("go run main.go", "go run main.go", "go run main.go", "go run main.go"),
            ("cargo run", "cargo run", "cargo run", "cargo run"),
            ("unknown-tool list --all", "unknown-tool list --all", "unknown-tool list", "unknown-tool list"),
            ("unknown-tool a/b.md", "unknown-tool a/b.md", "unknown-tool a/b.md", "unknown-tool a/b.md"),
            ("unknown-tool --all", f"unknown-tool --all{ALONE}", f"unknown-tool --all{ALONE}", f"unknown-tool --all{ALONE}"),
            (f"unknown-tool {SOMEWHERE}", "", "", ""),
            (f"python {SOMEWHERE} x", "", "", ""),
            (f"cat -n {SOMEWHERE}", "cat -n", "cat", "cat"),
            (f"./cat {SOMEWHERE}", "", "", ""),
            (f"git -C {SOMEWHERE} status", "git status -C", "git status", "git status"),
            ("python3.12 x.py", "python3.12 x.py", "python3.12 x.py", "python3.12 x.py"),
            ("python3.12", "", "", ""),
            ("git commit -m text", "git commit -m", "git commit", "git commit"),
            ("uv run pytest -q tests/a", "uv run pytest -q tests/a", "uv run pytest", "uv run pytest"),
            ("uv run", "", "", ""),
            ("python -m pytest tests", "", "", ""),
            ("python tools/x.py --all", "python tools/x.py --all", "python tools/x.py", "python tools/x.py"),
            ("python", "", "", ""),
            ("bash", "", "", ""),
            ("bash -c ls", "", "", ""),
            ("bash -lc ls", "", "", ""),
            ("python -c pass", "", "", ""),
            ("node -e 1", "", "", ""),
            ("sudo", "", "", ""),
            ("env", "", "", ""),
            ("xargs", "", "", ""),
            ("make", "", "", ""),
            ("make build", "make build", "make build", "make build"),
            ("make run", "make run", "make run", "make run"),
            ("git log x", "git log x", "git log", "git log"),
            ("npm run x", "npm run x", "npm run x", "npm run x"),
            ("npm exec", "", "", ""),
            ("npm exec tsc src", "npm exec tsc src", "npm exec tsc", "npm exec tsc"),
            ("uv tool run", "", "", ""),
            ("uv tool run ruff", "uv tool run ruff", "uv tool run ruff", "uv tool run ruff"),
            ("docker compose exec web", "docker compose exec web", "docker compose exec web", "docker compose exec web"),
            ("hatch env run", "", "hatch env", "hatch env"),
            ("npx eslint src", "npx eslint src", "npx eslint", "npx eslint"),
            ("ls -la src", "ls -la", "ls", "ls"),
            ("./run.sh fast", "./run.sh fast", "./run.sh fast", "./run.sh fast"),
        ],
    )
    def test_no_level_opens_a_door(self, line: str, words: str, sub: str, program: str) -> None:
        given = tuple(line.split())
        assert [command_entry(given, level) for level in COMMAND_LEVELS] == [words, sub, program]

    @pytest.mark.parametrize(
        ("entry", "allowed", "not_allowed"),
        [
            (f"git --version{ALONE}", ["git --version"], ["git push", "git push --version", "git --version push", "git --version -c x=y"]),
            (f"git{ALONE}", ["git"], ["git push", "git --version"]),
            (f"docker -v{ALONE}", ["docker -v"], ["docker run -v /:/host alpine"]),
        ],
    )
    def test_a_command_without_operands_speaks_of_itself_alone(self, entry: str, allowed: list[str], not_allowed: list[str]) -> None:
        document = {"commands": {"allow": [as_entry(entry)]}}
        assert {line: tool_effect(document, "Bash", {"command": line}) for line in (*allowed, *not_allowed)} == {
            **dict.fromkeys(allowed, "allow"),
            **dict.fromkeys(not_allowed, "deny"),
        }

    def test_nothing_is_nothing(self) -> None:
        assert command_entry((), "words") == ""


class TestNames:
    @pytest.mark.parametrize(
        ("level", "hosts", "want"),
        [
            (0, ["a.x.org", "b.x.org", "c.x.org"], ["a.x.org", "b.x.org", "c.x.org"]),
            (1, ["a.x.org", "b.x.org", "c.x.org"], ["*.x.org"]),
            (1, ["a.x.org", "b.x.org"], ["a.x.org", "b.x.org"]),
            (1, ["a.com", "b.com", "c.com"], ["a.com", "b.com", "c.com"]),
            (1, ["a.github.io", "b.github.io", "c.github.io"], ["a.github.io", "b.github.io", "c.github.io"]),
            (1, ["10.0.0.1", "11.0.0.1", "12.0.0.1"], ["10.0.0.1", "11.0.0.1", "12.0.0.1"]),
        ],
    )
    def test_hosts(self, level: int, hosts: list[str], want: list[str]) -> None:
        assert sorted(entries_for("network", [Want("network", host) for host in hosts], level)) == want

    @pytest.mark.parametrize(
        ("level", "tools", "want"),
        [
            (0, ["mcp__s__get_a", "mcp__s__get_b"], ["mcp__s__get_a", "mcp__s__get_b"]),
            (1, ["mcp__s__get_a", "mcp__s__get_b"], ["mcp__s__get_*"]),
            (1, ["mcp__s__delete_a", "mcp__s__delete_b"], ["mcp__s__delete_a", "mcp__s__delete_b"]),
            (1, ["Read", "mcp__s__get_a"], ["Read", "mcp__s__get_a"]),
        ],
    )
    def test_tools(self, level: int, tools: list[str], want: list[str]) -> None:
        assert sorted(entries_for("tools", [Want("tools", tool) for tool in tools], level)) == want
