from __future__ import annotations

import pytest
from typer.testing import CliRunner

from gateway.cli import main
from gateway.cli.registry import COMMANDS, GROUPS
from gateway.cli.tree import build


class TestTree:
    def test_the_general_help_lists_every_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["--help"])
        shown = capsys.readouterr().out
        assert stop.value.code == 0 and all(entry.name in shown for entry in (*COMMANDS, *GROUPS))

    @pytest.mark.parametrize("name", [entry.name for entry in (*COMMANDS, *GROUPS)])
    def test_every_command_has_help_of_its_own(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            main([name, "--help"])
        assert stop.value.code == 0 and "Usage" in capsys.readouterr().out

    @pytest.mark.parametrize("arguments", [["nosuch"], ["list", "--nosuch"], ["--color", "pink", "list"], ["stats", "extra", "words"]])
    def test_wrong_usage_exits_with_2(self, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["--version"])
        assert capsys.readouterr().out.startswith("agent-strace ")

    def test_only_the_wanted_command_is_imported(self) -> None:
        assert CliRunner().invoke(build("list"), ["list", "--help"]) is not None
