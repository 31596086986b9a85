"""The client's project by option, by variable, by the policy's folder; stores that can be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.client_project import VARIABLES, own_store, project_policies, unwritable, whereabouts
from gateway.model.errors import GatewayError


@pytest.fixture(autouse=True)
def scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


class TestWhereabouts:
    def test_nothing_is_said(self) -> None:
        found = whereabouts("", "")
        assert (found.folders, found.policy, found.recorded, found.ignored) == ((), "", "", ())

    def test_the_option_counts_before_everything(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "p").mkdir()
        (tmp_path / "link").symlink_to("p")
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        for named in ("p", "link", f"{tmp_path}/p/"):
            assert whereabouts(named, "").folders == (f"{tmp_path}/p",)
        found = whereabouts("p", "x.json")
        assert (found.folders, found.policy) == ((f"{tmp_path}/p",), f"{tmp_path}/x.json")

    @pytest.mark.parametrize("name", VARIABLES)
    def test_variables(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv(name, str(tmp_path))
        assert whereabouts("", "").folders == (str(tmp_path),)

    @pytest.mark.parametrize("value", ["relative", "/no/such/folder", "${CLAUDE_PROJECT_DIR}"])
    def test_a_variable_that_names_no_folder_is_told(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", value)
        found = whereabouts("", "")
        assert found.folders == () and value in found.ignored[0]

    def test_variables_that_differ_all_hold(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "b").mkdir()
        monkeypatch.setenv("GEMINI_PROJECT_DIR", str(tmp_path / "b"))
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(tmp_path))
        assert whereabouts("", "").folders == (str(tmp_path), f"{tmp_path}/b")

    def test_a_policy_file_is_anchored_at_its_own_folder(self, tmp_path: Path) -> None:
        for name, recorded in ((".agent-scope.json", str(tmp_path)), ("strict.json", os.getcwd())):
            found = whereabouts("", f"{tmp_path}/{name}")
            assert (found.folders, found.policy, found.recorded) == ((str(tmp_path),), f"{tmp_path}/{name}", recorded)

    @pytest.mark.parametrize("named", ["gone", "file"])
    def test_no_folder(self, tmp_path: Path, named: str) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(GatewayError, match="is no folder"):
            whereabouts(f"{tmp_path}/{named}", "")


class TestPolicies:
    def test_of_all_folders_each_once(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        for folder in (tmp_path, tmp_path / "a"):
            (folder / ".agent-scope.json").touch()
        assert project_policies((f"{tmp_path}/a", str(tmp_path)))[:2] == [f"{tmp_path}/a/.agent-scope.json", f"{tmp_path}/.agent-scope.json"]


class TestStores:
    def test_one_that_can_be_written_is_left_clean(self, tmp_path: Path) -> None:
        assert unwritable(f"{tmp_path}/.agent-traces", str(tmp_path)) == "" and os.listdir(f"{tmp_path}/.agent-traces") == []

    @pytest.mark.parametrize("store", ["/proc/.agent-traces", "{}/file/.agent-traces", "{}/file"])
    def test_one_that_cannot(self, tmp_path: Path, store: str) -> None:
        (tmp_path / "file").touch()
        assert "cannot be written" in unwritable(store.format(tmp_path), str(tmp_path))

    @pytest.mark.skipif(os.path.lexists("/.agent-scope.json"), reason="`/` has a policy here")
    def test_the_root_folder_is_no_project(self) -> None:
        assert unwritable("/.agent-traces", "/") == "`/` is no project"

    def test_the_users_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert own_store() == f"{os.environ['HOME']}/.local/state/agent-strace/traces"
        monkeypatch.setenv("XDG_STATE_HOME", "/s")
        assert own_store() == "/s/agent-strace/traces"
