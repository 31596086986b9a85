from __future__ import annotations

import _imp
import marshal
import os
from pathlib import Path

import pytest

from gateway.host import policy_files, policy_reader
from gateway.host.policy_files import load_policy, policy_if, policy_of_value
from gateway.host.policy_revisions import kept
from gateway.host.policy_watch import unchanged
from gateway.host.user_folders import MANAGED, config_folder, state_folder
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


class TestCandidates:
    def test_every_place_where_a_policy_may_stand_is_watched(self, tmp_path: Path) -> None:
        (tmp_path / "a/b").mkdir(parents=True)
        _, marks = policy_files.load_watched((f"{tmp_path}/a/b", f"{tmp_path}/a"))
        watched = [path for path, _ in marks]
        for folder in ("a/b", "a", "."):
            assert os.path.normpath(f"{tmp_path}/{folder}/.agent-scope.json") in watched
        for folder in (config_folder(), MANAGED):
            assert {f"{folder}/agent-scope.json", f"{folder}/agent-scope.yaml"} <= set(watched)
        named = [path for path, _ in policy_files.load_watched((str(tmp_path),), explicit=_written(tmp_path / "x.json"))[1]]
        assert f"{tmp_path}/.agent-scope.json" not in named and f"{tmp_path}/x.json" in named

    def test_a_policy_that_is_named_stands_instead_of_the_project_s(self, tmp_path: Path) -> None:
        _written(tmp_path / ".agent-scope.json", '{"commands": {"deny": ["a"]}}')
        found = load_policy((str(tmp_path),), explicit=_written(tmp_path / "x.json", '{"commands": {"deny": ["b"]}}'))
        assert [layer["name"] for layer in found["layers"] if layer["level"] == "project"] == [f"{tmp_path}/x.json"]

    def test_a_user_s_own_counts_beside_each_folder_s_once(self, tmp_path: Path) -> None:
        Path(config_folder()).mkdir(parents=True)
        _written(Path(config_folder(), "agent-scope.yaml"), "commands: {deny: [u]}")
        (tmp_path / "a").mkdir()
        for name in (".agent-scope.json", "a/.agent-scope.json"):
            _written(tmp_path / name)
        found = load_policy((f"{tmp_path}/a", str(tmp_path)))
        assert [(layer["level"], layer["name"]) for layer in found["layers"] if layer["level"] != "baseline"] == [
            ("user", f"{config_folder()}/agent-scope.yaml"),
            ("project", f"{tmp_path}/a/.agent-scope.json"),
            ("project", f"{tmp_path}/.agent-scope.json"),
        ]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
    def test_somebody_else_s_is_not_used(self, tmp_path: Path) -> None:
        os.chown(_written(tmp_path / ".agent-scope.json"), 12345, 12345)
        with pytest.raises(PolicyError, match="this policy is not used") as told:
            load_policy((str(tmp_path),))
        assert told.value.source == f"{tmp_path}/.agent-scope.json" and told.value.hint

    def test_one_that_others_may_write_is_not_used(self, tmp_path: Path) -> None:
        Path(_written(tmp_path / ".agent-scope.json")).chmod(0o666)
        with pytest.raises(PolicyError, match="this policy is not used"):
            load_policy((str(tmp_path),))


class TestMark:
    def test_tells_a_file_from_what_it_was(self, tmp_path: Path) -> None:
        path = _written(tmp_path / "x")
        seen = os.stat(path)
        assert policy_files.mark_of(path) == (seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_dev)
        assert policy_files.mark_of(f"{path}/no") is None and policy_files._stamp(f"{path}/no") == 0


class TestIf:
    def test_with_another_text(self, tmp_path: Path) -> None:
        path = _written(tmp_path / ".agent-scope.json")
        (layer,) = [one for one in policy_if((str(tmp_path),), {path: '{"commands": {"deny": ["x"]}}'})["layers"] if one["level"] == "project"]
        assert layer["sections"]["commands"]["deny"]["entries"][0]["match"] == "x"


class TestKept:
    def test_documents_of_a_revision_are_kept_when_it_is_compiled(self, tmp_path: Path) -> None:
        _written(tmp_path / ".agent-scope.json", '{"commands": {"deny": ["x"]}}')
        found = load_policy((str(tmp_path),))
        again = kept(found["revision"])
        assert again is not None and again["layers"] == found["layers"]

    def test_the_cache_is_private_and_whole(self, tmp_path: Path) -> None:
        load_policy((str(tmp_path),))
        (path,) = cache()
        assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700 and len(path.stem) == 32
        assert list(path.parent.iterdir()) == [path]
        policy, sources = policy_files._load_cached(path.stem) or ({}, [])
        assert policy == load_policy((str(tmp_path),)) and [name for name, _ in sources]

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o601])
    def test_a_cache_that_others_may_look_into_is_not_used(self, tmp_path: Path, mode: int) -> None:
        load_policy((str(tmp_path),))
        (path,) = cache()
        path.chmod(mode)
        assert policy_files._load_cached(path.stem) is None

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
    def test_nor_somebody_else_s(self, tmp_path: Path) -> None:
        load_policy((str(tmp_path),))
        (path,) = cache()
        os.chown(path, 12345, 12345)
        assert policy_files._load_cached(path.stem) is None

    @pytest.mark.parametrize("value", [b"", b"garbage", marshal.dumps((1, 2)), marshal.dumps(5)])
    def test_nor_what_was_never_kept_so(self, tmp_path: Path, value: bytes) -> None:
        load_policy((str(tmp_path),))
        (path,) = cache()
        path.write_bytes(_imp.source_hash(policy_files.FORMAT, value) + value)
        assert policy_files._load_cached(path.stem) is None

    def test_what_is_our_own_is_stamped_and_what_is_others_is_read_again(self, tmp_path: Path) -> None:
        _written(tmp_path / ".agent-scope.json")
        load_policy((str(tmp_path),))
        (path,) = cache()
        ours, sources, _ = marshal.loads(path.read_bytes()[8:])
        names = {os.path.basename(name) for name in ours}
        assert {"baseline.yaml", "servers.yaml", "layers.py", "pathset.py"} <= names and all(ours.values())
        assert f"{tmp_path}/.agent-scope.json" not in ours and f"{tmp_path}/.agent-scope.json" in dict(sources)


class TestInlineBeneath:
    def test_the_user_s_own_lies_beneath_and_counts_in_the_revision(self) -> None:
        before = policy_of_value({}, "/")
        policy_files._beneath.clear()
        Path(config_folder()).mkdir(parents=True)
        _written(Path(config_folder(), "agent-scope.json"), '{"commands": {"deny": ["u"]}}')
        found = policy_of_value({}, "/")
        assert [layer["level"] for layer in found["layers"]] == ["baseline", "baseline", "user", "project"]
        assert found["revision"] != before["revision"] != policy_of_value({"tools": {"deny": ["x"]}}, "/")["revision"]
        assert found["revision"].startswith("sha256:") and policy_of_value({}, "/", "case 3")["layers"][-1]["name"] == "case 3"

    def test_extends_from_its_folder(self, tmp_path: Path) -> None:
        _written(tmp_path / "team.json", '{"commands": {"deny": ["t"]}}')
        found = policy_of_value({"extends": ["./team.json"]}, str(tmp_path))
        assert f"{tmp_path}/team.json" in [layer["name"] for layer in found["layers"]]


def _written(path: Path, text: str = "{}") -> str:
    path.write_text(text)
    return str(path)
