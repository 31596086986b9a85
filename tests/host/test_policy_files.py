from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host import policy_files, policy_reader
from gateway.host.policy_files import load_policy, policy_of_value
from gateway.host.policy_watch import unchanged
from gateway.host.user_folders import state_folder
from gateway.model.errors import PolicyError


def cache() -> list[Path]:
    return sorted(Path(state_folder()).glob("policy/*.bin"))


class TestLoad:
    def test_compiled_once_and_loaded_after(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
        first = load_policy((str(tmp_path),))
        monkeypatch.setattr(policy_reader, "compile_policy", None)
        assert load_policy((str(tmp_path),)) == first and len(cache()) == 1

    @pytest.mark.parametrize("change", ["edit", "remove", "extended"])
    def test_a_changed_source_is_seen(self, tmp_path: Path, change: str) -> None:
        path = tmp_path / ".agent-scope.json"
        (tmp_path / "team.json").write_text("{}")
        path.write_text('{"extends": ["./team.json"]}')
        before = load_policy((str(tmp_path),))["revision"]
        if change == "edit":
            path.write_text('{"extends": ["./team.json"], "commands": {"deny": ["x"]}}')
        elif change == "remove":
            path.unlink()
        else:
            (tmp_path / "team.json").write_text('{"commands": {"deny": ["x"]}}')
        assert load_policy((str(tmp_path),))["revision"] != before

    @pytest.mark.parametrize("damage", ["truncate", "flip", "mode", "link"])
    def test_a_cache_that_was_tampered_with_is_not_used(self, tmp_path: Path, damage: str) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
        whole = load_policy((str(tmp_path),))
        (path,) = cache()
        data = path.read_bytes()
        if damage == "truncate":
            path.write_bytes(data[:-5])
        elif damage == "flip":
            path.write_bytes(data[:-5] + b"xxxxx")
        elif damage == "mode":
            path.chmod(0o666)
        else:
            path.rename(tmp_path / "elsewhere")
            path.symlink_to(tmp_path / "elsewhere")
        assert policy_files._load_cached(path.stem) is None
        assert load_policy((str(tmp_path),)) == whole

    def test_a_compiler_that_changed_compiles_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / ".agent-scope.json").write_text("{}")
        whole = load_policy((str(tmp_path),))
        (path,) = cache()
        found = policy_files._load_cached(path.stem)
        assert found is not None and found[0] == whole
        monkeypatch.setattr(policy_files, "_stamp", lambda path: 1)
        assert policy_files._load_cached(path.stem) is None

    def test_another_installation_s_policy_is_not_used(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        load_policy((str(tmp_path),))
        (ours,) = cache()
        monkeypatch.setattr(policy_files, "__file__", "/opt/other/gateway/host/policy_files.py")
        load_policy((str(tmp_path),))
        assert len(cache()) == 2 and ours in cache()

    def test_a_state_folder_that_cannot_be_written_costs_only_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
        assert load_policy((str(tmp_path),))["layers"]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ('{"extends": ["./gone.json"]}', "cannot extend"),
            ('{"extends": ["no-such-pack"]}', "there is no pack"),
            ('{"extends": ["./.agent-scope.json"]}', "circle"),
            ("\xff", "not UTF-8"),
            ("[]", "object"),
        ],
    )
    def test_what_cannot_be_understood_is_an_error(self, tmp_path: Path, text: str, problem: str) -> None:
        (tmp_path / ".agent-scope.json").write_bytes(text.encode("latin-1"))
        with pytest.raises(PolicyError, match=problem):
            load_policy((str(tmp_path),))

    def test_a_file_named_by_hand_must_exist(self) -> None:
        with pytest.raises(PolicyError, match="no such file"):
            load_policy((), explicit="/nowhere/policy.json")

    def test_a_policy_that_is_not_a_file_is_not_absent(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").mkdir()
        with pytest.raises(PolicyError, match="cannot be read"):
            load_policy((str(tmp_path),))

    def test_a_pipe_does_not_hang(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / ".agent-scope.json")
        with pytest.raises(PolicyError):
            load_policy((str(tmp_path),))


class TestInline:
    def test_an_inline_document_is_a_project_layer(self) -> None:
        assert policy_of_value({"commands": {"deny": ["x"]}}, "/")["layers"][-1]["name"] == "policy"
        with pytest.raises(PolicyError, match="only tighten"):
            policy_of_value({"relax": ["x"]}, "/")


class TestWatched:
    def test_every_file_that_counts_is_watched(self, tmp_path: Path) -> None:
        policy, marks = policy_files.load_watched((str(tmp_path),))
        assert policy == load_policy((str(tmp_path),)) and unchanged(marks)
        own = tmp_path / ".agent-scope.json"
        own.write_text("{}")
        assert not unchanged(marks)
        own.unlink()
        assert unchanged(marks)
        assert any(path.endswith("baseline.yaml") for path, _ in marks)


class TestObligations:
    @pytest.mark.parametrize("section", [{"redact": {"record": ["github-tokens"]}}, {"mask": {"forward": ["e-mail"]}}])
    def test_a_kind_that_no_detector_is_called_is_an_error(self, section: dict[str, object], tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match="no detector is called"):
            policy_of_value(section, str(tmp_path))

    def test_kinds_and_detectors_of_its_own_are_none(self, tmp_path: Path) -> None:
        section = {
            "redact": {"forward": ["github-token", "own"], "custom": [{"id": "own", "pattern": "own-[0-9]+"}]},
            "mask": {"record": ["pii", "ip-address"]},
        }
        assert len(policy_of_value(section, str(tmp_path))["obligations"]) == 4
