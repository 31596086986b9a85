"""What holds for calls from a folder, and for how long it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.host import folder_lookup
from gateway.host.folder_lookup import FolderLookup
from gateway.model.errors import PolicyError
from gateway.model.passage import Capabilities
from gateway.model.settings import Settings

ONLY_LS = '{"commands": {"deny": ["ls"]}}'


def lookup(**settings: Any) -> FolderLookup:
    return FolderLookup(Settings(Capabilities(blocks=True), **settings))


def rules(policy: dict[str, Any]) -> int:
    return len([layer for layer in policy["layers"] if layer["level"] == "project"])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("client/src", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "client" / ".git").mkdir()
    return tmp_path


class TestPolicy:
    @pytest.mark.parametrize("resident", [True, False])
    def test_is_that_of_the_folder_and_of_the_clients_project(self, tree: Path, resident: bool) -> None:
        (tree / "client/.agent-scope.json").write_text(ONLY_LS)
        assert rules(lookup(resident=resident).policy(str(tree / "other"))) == 0
        assert rules(lookup(resident=resident, folders=(str(tree / "client"),)).policy(str(tree / "other"))) == 1

    def test_is_read_once_until_it_is_forgotten(self, tree: Path) -> None:
        folders = lookup()
        before = folders.policy(str(tree / "other"))
        (tree / "other/.agent-scope.json").write_text(ONLY_LS)
        assert folders.policy(str(tree / "other")) is before
        folders.forget()
        assert rules(folders.policy(str(tree / "other"))) == 1

    def test_a_file_that_was_named_stands_instead(self, tree: Path) -> None:
        (tree / "client/.agent-scope.json").write_text('{"default": "deny"}')
        (tree / "mine.json").write_text(ONLY_LS)
        (layer,) = [
            layer for layer in lookup(policy_file=str(tree / "mine.json")).policy(str(tree / "client"))["layers"] if layer["level"] == "project"
        ]
        assert layer["default"] is None and layer["sections"]["commands"]

    def test_one_that_cannot_be_read_is_tried_once(self, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tree / "other/.agent-scope.json").write_text("{")
        tries = []
        real = folder_lookup.load_policy

        def counted(*words: Any, **options: Any) -> Any:
            tries.append(words)
            return real(*words, **options)

        monkeypatch.setattr(folder_lookup, "load_policy", counted)
        folders = lookup()
        assert [folders.policy_if_readable(str(tree / "other")) for _ in range(3)] == [None] * 3 and len(tries) == 1
        with pytest.raises(PolicyError):
            folders.policy(str(tree / "other"))
        folders.forget()
        (tree / "other/.agent-scope.json").write_text("{}")
        assert folders.policy_if_readable(str(tree / "other")) is not None


class TestProject:
    @pytest.mark.parametrize(
        ("cwd", "policy_in_other", "want"),
        [
            ("client/src", False, "client"),
            ("client", False, "client"),
            ("other", False, "client"),
            ("other", True, "other"),
            ("clientele", True, "clientele"),
        ],
    )
    def test_is_the_clients_unless_the_folder_has_its_own(self, tree: Path, cwd: str, policy_in_other: bool, want: str) -> None:
        (tree / cwd).mkdir(exist_ok=True)
        if policy_in_other:
            (tree / cwd / ".agent-scope.json").write_text("{}")
        assert lookup(folders=(str(tree / "client"),)).project(str(tree / cwd)) == str(tree / want)

    def test_without_a_client_it_is_the_folders(self, tree: Path) -> None:
        assert lookup().project(str(tree / "client/src")) == str(tree / "client")
        assert lookup(resident=True).project(str(tree / "client/src")) == str(tree / "client")

    def test_of_a_client_started_in_the_root(self, tree: Path) -> None:
        assert lookup(folders=("/",)).project(str(tree / "client/src")) == "/"


class TestStore:
    @pytest.mark.parametrize("resident", [True, False])
    def test_is_the_one_that_was_named_or_that_of_the_clients_project(self, tree: Path, resident: bool) -> None:
        client = str(tree / "client")
        assert lookup(resident=resident, trace_dir="/t").store(client) == "/t"
        assert lookup(resident=resident, folders=(client,)).store(str(tree / "other")) == f"{client}/.agent-traces"
        assert lookup(resident=resident).store(f"{client}/src") == f"{client}/.agent-traces"
