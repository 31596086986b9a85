from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import run, run_json


class TestExplain:
    def test_text(self) -> None:
        code, out, _ = run("policy", "explain", "Bash: cat .env; rm -rf /")
        assert code == 0 and out.startswith("Bash: deny\n")
        assert "cat .env; rm -rf /\n          ^^^^^^^^\n" in out and "baseline.yaml:" in out

    def test_json(self) -> None:
        data = run_json("policy", "explain", "--json", "Bash: rm -rf /")
        assert data["effect"] == "deny" and data["commands"][0]["span"] == [0, 8]

    def test_a_call_from_stdin(self) -> None:
        assert run_json("policy", "explain", "--json", stdin="Bash: ls\nrm x")["commands"][1]["line"] == 2

    @pytest.mark.parametrize("call", ["no colon", '{"input": 1}'])
    def test_what_is_no_call_is_wrong_usage(self, call: str) -> None:
        assert run("policy", "explain", call)[0] == 2

    def test_a_policy_that_cannot_be_read(self, tmp_path: Path) -> None:
        bad = tmp_path / "p.json"
        bad.write_text("{")
        code, _, err = run("policy", "explain", "Bash: ls", "--policy", str(bad))
        assert code == 4 and str(bad) in err
