from __future__ import annotations

import pytest

from gateway.model.action import FROM_NETWORK
from gateway.shell.programs.powershell_line import as_read
from gateway.shell.values import Value
from tests.builders import tool_effect


class TestAsRead:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("pwsh -Command git push", ["pwsh", "-Command", "git push"]),
            ("pwsh -COMMAND git", ["pwsh", "-Command", "git"]),
            ("pwsh --comm git push -f", ["pwsh", "-Command", "git push -f"]),
            ("pwsh /c git push", ["pwsh", "-Command", "git push"]),
            ("pwsh -nop -ep bypass -c ls", ["pwsh", "-nop", "-ExecutionPolicy", "bypass", "-Command", "ls"]),
            ("pwsh -cwa ls a", ["pwsh", "-Command", "ls a"]),
            ("pwsh -Command -", ["pwsh"]),
            ("pwsh -Command", ["pwsh", "-Command"]),
            ("pwsh -fi x.ps1 -c rm", ["pwsh", "-File", "x.ps1"]),
            ("pwsh x.ps1 -c rm", ["pwsh", "x.ps1"]),
            ("pwsh /opt/x.ps1", ["pwsh", "/opt/x.ps1"]),
            ("pwsh -enc abc", ["pwsh", "-EncodedCommand", "abc"]),
            ("pwsh -wd src -config a ls.ps1", ["pwsh", "-WorkingDirectory", "src", "-ConfigurationName", "a", "ls.ps1"]),
            ("pwsh -Version", ["pwsh", "-Version"]),
            ("powershell git push", ["powershell", "-Command", "git push"]),
            ("powershell -Version 2 git push", ["powershell", "-Version", "2", "-Command", "git push"]),
            ("powershell -", ["powershell"]),
            ("powershell", ["powershell"]),
        ],
    )
    def test_table(self, line: str, want: list[str]) -> None:
        argv = tuple(Value(word) for word in line.split())
        assert [value.text for value in as_read(argv, runs_words=line.startswith("powershell"))] == want

    def test_what_flowed_into_one_word_flowed_into_the_command(self) -> None:
        source = f"{FROM_NETWORK}:https://a.example"
        found = as_read((Value("pwsh"), Value("-c"), Value("iex"), Value("x", sources=(source,))), runs_words=False)
        assert found[-1].sources == (source,)


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("pwsh -Command git push", "deny"),
        ("pwsh -COMMAND 'git push'", "deny"),
        ("powershell.exe -NoLogo git push origin", "deny"),
        ("echo git push | pwsh -Command -", "deny"),
        ("pwsh -File push.ps1 -c git push", "allow"),
        ("pwsh -c git status", "allow"),
    ],
)
def test_a_deny_holds_however_powershell_is_started(line: str, want: str) -> None:
    assert tool_effect({"commands": {"deny": [{"match": "git push"}]}}, "Bash", {"command": line}) == want
