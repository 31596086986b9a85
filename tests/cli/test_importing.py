"""`import` as it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.host import policy_reader
from tests.analysis.usage import golden
from tests.command_line import run, run_json


class TestImport:
    def test_then_it_is_a_session_like_any_other(self, own_world: Path, tmp_path: Path) -> None:
        path = str(golden.write(own_world))
        code, out, _ = run("--trace-dir", str(tmp_path), "import", path)
        assert code == 0 and f"agent-strace replay {golden.MAIN}" in out and "would have" in out
        data = run_json("--trace-dir", str(tmp_path), "cost", golden.MAIN, "--json")
        assert data["source"] == "record"
        assert data["cost_usd"] == pytest.approx(golden.MAIN_COST + golden.SUBAGENT_COST, abs=1e-9)
        for command in ("replay", "explain", "stats", "show"):
            assert run("--trace-dir", str(tmp_path), command, golden.MAIN)[0] == 0

    def test_the_fork_costs_what_it_added(self, own_world: Path, tmp_path: Path) -> None:
        fork = golden.write(own_world).with_name(f"{golden.FORK}.jsonl")
        run("--trace-dir", str(tmp_path), "import", str(fork))
        data = run_json("--trace-dir", str(tmp_path), "cost", golden.FORK, "--json")
        assert data["cost_usd"] == pytest.approx(golden.FORK_COST, abs=1e-9)

    def test_json(self, own_world: Path, tmp_path: Path) -> None:
        data = run_json("--trace-dir", str(tmp_path), "import", str(golden.write(own_world)), "--json")
        assert [one["status"] for one in data["sessions"]] == ["imported"] * 5
        assert sum(one["would_have"]["allow"] for one in data["sessions"]) >= 3

    def test_discover_lists_and_imports_nothing(self, own_world: Path, tmp_path: Path) -> None:
        golden.write(own_world)
        code, out, _ = run("--trace-dir", str(tmp_path), "import", "--discover")
        assert code == 0 and golden.MAIN in out and golden.CWD in out and not list(tmp_path.iterdir())
        assert len(run_json("import", "--discover", "--json")["sessions"]) == 2

    @pytest.mark.parametrize(
        ("arguments", "code", "words"),
        [
            ((), 2, "--discover"),
            (("/nowhere.jsonl",), 4, "/nowhere.jsonl"),
            (("--format", "morse", "x"), 2, "morse"),
            (("--discover",), 3, "no sessions"),
            ((__file__,), 4, "no session file"),
        ],
    )
    def test_troubles_are_said(self, arguments: tuple[str, ...], code: int, words: str) -> None:
        got, out, err = run("import", *arguments)
        assert got == code and words in out + err

    def test_hostile_names_do_not_reach_the_terminal(self, own_world: Path, tmp_path: Path) -> None:
        path = golden.write(own_world)
        path.write_text(path.read_text().replace("/home/u/shop/.env", "/home/u/sh\\u001b]0;x\\u0007op/.env"))
        code, out, err = run("--trace-dir", str(tmp_path), "import", str(path))
        assert code == 0 and "\x1b" not in out + err and "would have" in out


class TestBrokenPolicy:
    def test_is_not_compiled_for_every_event(self, own_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "p.json").write_text('{"comands": {}}')
        tries: list[object] = []
        compiled = policy_reader.compile_policy
        monkeypatch.setattr(policy_reader, "compile_policy", lambda *given: tries.append(given) or compiled(*given))
        said = [{"type": "user", "uuid": f"u{at}", "sessionId": "s", "cwd": "/p", "message": {"content": f"prompt {at}"}} for at in range(50)]
        (tmp_path / "s.jsonl").write_text("".join(json.dumps({**one, "parentUuid": None}) + "\n" for one in said))
        code, *_ = run("--trace-dir", str(tmp_path / "t"), "import", str(tmp_path / "s.jsonl"), "--policy", str(tmp_path / "p.json"))
        assert code in (0, 4) and len(tries) < 5
