from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gateway.host.policy_files import load_policy
from gateway.host.policy_revisions import kept
from gateway.host.user_folders import state_folder


def project(folder: Path, document: object) -> str:
    folder.mkdir(exist_ok=True)
    (folder / ".agent-scope.json").write_text(json.dumps(document))
    return str(folder)


class TestKept:
    @pytest.mark.parametrize(
        "document",
        [{}, {"commands": {"deny": ["curl"]}}, {"extends": ["strict", "./team.yaml"]}, {"mode": "observe", "extends": ["ci"]}],
        ids=["empty", "plain", "extending", "observed"],
    )
    def test_a_revision_outlives_its_documents(self, document: object, tmp_path: Path) -> None:
        (tmp_path / "p").mkdir()
        (tmp_path / "p" / "team.yaml").write_text("commands: {ask: [make]}\n")
        policy = load_policy((project(tmp_path / "p", document),))
        (tmp_path / "p" / "team.yaml").unlink()
        (tmp_path / "p" / ".agent-scope.json").unlink()
        assert kept(policy["revision"]) == policy

    def test_the_user_file_is_kept_too(self, tmp_path: Path, own_world: Path) -> None:
        user = own_world / ".config" / "agent-strace" / "agent-scope.yaml"
        user.parent.mkdir(parents=True)
        user.write_text("relax: [env-files]\n")
        policy = load_policy((project(tmp_path, {}),))
        user.unlink()
        assert kept(policy["revision"]) == policy

    def test_every_revision_is_kept(self, tmp_path: Path) -> None:
        revisions = [load_policy((project(tmp_path, {"commands": {"deny": [name]}}),))["revision"] for name in ("a", "b", "c")]
        assert [kept(revision)["revision"] for revision in revisions] == revisions  # type: ignore[index]

    def test_a_policy_that_was_compiled_before_is_not_written_again(self, tmp_path: Path) -> None:
        load_policy((project(tmp_path, {}),))
        (path,) = Path(state_folder(), "revisions").iterdir()
        assert path.stat().st_mode & 0o777 == 0o600
        path.unlink()
        load_policy((str(tmp_path),))
        assert not path.exists()

    def test_what_was_changed_is_not_what_was_kept(self, tmp_path: Path) -> None:
        revision = load_policy((project(tmp_path, {"commands": {"deny": ["curl"]}}),))["revision"]
        (path,) = Path(state_folder(), "revisions").iterdir()
        path.write_text(path.read_text().replace("curl", "wget"))
        assert kept(revision) is None

    @pytest.mark.parametrize("revision", ["", "sha256:", "sha256:../../x", "md5:1", "sha256:" + "0" * 64])
    def test_what_is_not_there(self, revision: str) -> None:
        assert kept(revision) is None

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"texts": 1, "roots": []}', '{"texts": {}, "roots": [["project"]]}', "\xff"])
    def test_garbage_is_nothing(self, text: str, tmp_path: Path) -> None:
        revision = load_policy((project(tmp_path, {}),))["revision"]
        (path,) = Path(state_folder(), "revisions").iterdir()
        path.write_bytes(text.encode("latin-1"))
        assert kept(revision) is None

    def test_a_state_folder_that_cannot_be_written_only_costs_the_check(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", os.devnull)
        assert kept(load_policy((project(tmp_path, {}),))["revision"]) is None
