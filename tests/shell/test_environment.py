"""Variables that change what programs do, and the values of them that are ordinary."""

from __future__ import annotations

import pytest

from gateway.shell.environment import CODE_LOADERS, COMMAND_LINES, EXPANDED, changes_programs, is_harmless


@pytest.mark.parametrize("name", ["LD_PRELOAD", "PAGER", "GIT_SSH_COMMAND", "PATH", "BASH_ENV", "GIT_CONFIG_KEY_0", "BASH_FUNC_ls%%", "NODE_OPTIONS"])
def test_changing(name: str) -> None:
    assert changes_programs(name)


@pytest.mark.parametrize("name", ["FOO", "CI", "DEBUG", "NODE_ENV", "PORT", "DATABASE_URL", "RUST_LOG"])
def test_not_changing(name: str) -> None:
    assert not changes_programs(name)


@pytest.mark.parametrize(
    ("name", "value", "harmless"),
    [
        ("PAGER", "less -R", True),
        ("PAGER", "cat", True),
        ("PAGER", "sh -c id", False),
        ("PAGER", "less; id", False),
        ("EDITOR", "true", True),
        ("NODE_OPTIONS", "--max-old-space-size=4096", True),
        ("NODE_OPTIONS", "--require ./x.js", False),
        ("PYTHONPATH", "src:.", True),
        ("PYTHONPATH", "/tmp/x", False),
        ("PATH", "/opt/go/bin:/usr/bin", True),
        ("PATH", "/tmp/x:/usr/bin", False),
        ("PATH", ".:/usr/bin", False),
        ("PATH", ":/usr/bin", False),
        ("LD_PRELOAD", "./x.so", False),
        ("CC", "clang", True),
        ("CC", "/tmp/cc", False),
        ("LD_PRELOAD", "", True),
    ],
)
def test_harmless(name: str, value: str, harmless: bool) -> None:
    assert is_harmless(name, value) is harmless


def test_the_lists_do_not_overlap() -> None:
    assert not COMMAND_LINES & CODE_LOADERS
    assert {"PS4", "BASH_ENV"} <= EXPANDED
