from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.locations import anchor, candidates_from, own_store, passed_over, policies_from, project_root, trace_folder, trouble_with_policy
from gateway.host.user_folders import config_folder
from gateway.model.errors import TraceError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
STRANGER = 54321


def made(top: Path, *marks: str) -> None:
    for mark in marks:
        path = top / mark
        path.parent.mkdir(parents=True, exist_ok=True)
        if mark.endswith(".json"):
            path.write_text("{}")
        else:
            path.mkdir(exist_ok=True)


class TestProjectRoot:
    @pytest.mark.parametrize(
        ("marks", "start", "want"),
        [
            ([], "a/b", "a/b"),
            ([".git"], "a/b", ""),
            ([".git", "a/.agent-traces"], "a/b", "a"),
            ([".git", "a/.agent-traces", "a/b/.git"], "a/b", "a/b"),
            ([".agent-traces", "a/.git"], "a/b", "a"),
            ([".agent-scope.json", "a/b/.git"], "a/b", "a/b"),
            (["a/.agent-scope.json", ".agent-scope.json"], "a/b/c", "a"),
            ([".git"], "/".join("d" * 80), ""),
        ],
    )
    def test_the_nearest_folder_with_a_policy_a_store_or_a_repository(self, tmp_path: Path, marks: list[str], start: str, want: str) -> None:
        (tmp_path / start).mkdir(parents=True)
        made(tmp_path, *marks)
        assert project_root(f"{tmp_path}/{start}") == f"{tmp_path}/{want}".rstrip("/")

    def test_a_home_folder_is_no_project_for_what_lies_below_unless_it_has_a_policy(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        made(tmp_path, ".git", ".agent-traces", "x/")
        assert project_root(f"{tmp_path}/x") == f"{tmp_path}/x"
        assert project_root(str(tmp_path)) == str(tmp_path)
        made(tmp_path, ".agent-scope.json")
        assert project_root(f"{tmp_path}/x") == str(tmp_path)

    def test_a_working_folder_behind_a_link_belongs_to_where_it_really_is(self, tmp_path: Path) -> None:
        made(tmp_path, "real/.git", "real/src/", "elsewhere/")
        (tmp_path / "elsewhere/whole").symlink_to(tmp_path / "real")
        (tmp_path / "elsewhere/part").symlink_to(tmp_path / "real/src")
        assert project_root(f"{tmp_path}/elsewhere/part") == f"{tmp_path}/real"
        assert project_root(f"{tmp_path}/elsewhere/whole/src") == f"{tmp_path}/elsewhere/whole"


class TestAnchor:
    @pytest.mark.parametrize(
        ("marks", "want"),
        [
            ([".agent-scope.json", "a/.git"], ""),
            ([".agent-scope.json", "a/.agent-traces"], ""),
            ([".agent-scope.json", "a/.agent-scope.json"], "a"),
            ([".git"], ""),
        ],
    )
    def test_a_repository_inside_does_not_move_the_policy(self, tmp_path: Path, marks: list[str], want: str) -> None:
        (tmp_path / "a/b").mkdir(parents=True)
        made(tmp_path, *marks)
        assert anchor(f"{tmp_path}/a/b") == f"{tmp_path}/{want}".rstrip("/")


class TestPolicies:
    def test_every_policy_upwards_nearest_first(self, tmp_path: Path) -> None:
        made(tmp_path, ".agent-scope.json", "a/.agent-scope.json")
        assert policies_from(f"{tmp_path}/a/deeper")[:2] == [f"{tmp_path}/a/.agent-scope.json", f"{tmp_path}/.agent-scope.json"]

    def test_a_dangling_link_counts_as_there(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").symlink_to("gone")
        assert policies_from(str(tmp_path))

    def test_those_around_a_link_and_those_around_what_is_behind_it(self, tmp_path: Path) -> None:
        made(tmp_path, "project/.agent-scope.json", "vendor/.agent-scope.json", "vendor/lib/")
        (tmp_path / "project/lib").symlink_to(tmp_path / "vendor/lib")
        assert policies_from(f"{tmp_path}/project/lib") == [f"{tmp_path}/vendor/.agent-scope.json", f"{tmp_path}/project/.agent-scope.json"]

    def test_far_down(self, tmp_path: Path) -> None:
        deep = tmp_path / "/".join("d" * 500)
        deep.mkdir(parents=True)
        made(tmp_path, ".agent-scope.json")
        assert policies_from(str(deep))[-1:] == [f"{tmp_path}/.agent-scope.json"]

    def test_where_it_cannot_be_told_there_is_one(self, tmp_path: Path) -> None:
        far = f"{tmp_path}/" + "/".join("long" * 20 for _ in range(60))
        assert f"{far}/.agent-scope.json" in policies_from(far)
        assert len(candidates_from("/a/b")) == 3


def given_away(path: Path) -> None:
    os.lchown(path, STRANGER, STRANGER)


@as_root
class TestOthers:
    def test_a_store_above_that_is_somebody_elses_is_passed_over(self, tmp_path: Path) -> None:
        made(tmp_path, ".agent-traces", "x/")
        given_away(tmp_path / ".agent-traces")
        assert own_store(f"{tmp_path}/x") == f"{tmp_path}/x/.agent-traces"
        told = passed_over(f"{tmp_path}/x")[0]
        assert f"`{tmp_path}/.agent-traces` belongs to another user (uid {STRANGER})" in told

    def test_a_repository_above_that_is_somebody_elses_is_passed_over(self, tmp_path: Path) -> None:
        made(tmp_path, ".git", "x/")
        given_away(tmp_path / ".git")
        assert own_store(f"{tmp_path}/x") == f"{tmp_path}/x/.agent-traces"

    @pytest.mark.parametrize("what", [".agent-traces", "."])
    def test_the_projects_own_store_or_folder_of_somebody_else_is_refused(self, tmp_path: Path, what: str) -> None:
        made(tmp_path, ".git", ".agent-traces")
        given_away(tmp_path / what)
        with pytest.raises(TraceError, match=rf"belongs to another user \(uid {STRANGER}\).*trusted-folders"):
            own_store(str(tmp_path))

    def test_a_folder_of_somebody_else_without_any_mark_is_refused(self, tmp_path: Path) -> None:
        given_away(tmp_path)
        with pytest.raises(TraceError, match="belongs to another user"):
            own_store(str(tmp_path))

    def test_what_a_person_trusts_is_used(self, tmp_path: Path) -> None:
        made(tmp_path, "p/.git", "p/.agent-traces", "p/.agent-scope.json")
        for place in (tmp_path / "p", *(tmp_path / "p").iterdir()):
            given_away(place)
        folder = Path(config_folder())
        folder.mkdir(parents=True)
        (folder / "trusted-folders").write_text(f"# ours\n{tmp_path}/p\n")
        assert own_store(f"{tmp_path}/p") == f"{tmp_path}/p/.agent-traces"
        assert trouble_with_policy(f"{tmp_path}/p/.agent-scope.json") == ("", "")

    def test_a_policy_of_somebody_else_counts_and_is_refused(self, tmp_path: Path) -> None:
        made(tmp_path, ".agent-scope.json", "x/.git")
        given_away(tmp_path / ".agent-scope.json")
        assert policies_from(f"{tmp_path}/x") == [f"{tmp_path}/.agent-scope.json"]
        assert "belongs to another user" in trouble_with_policy(f"{tmp_path}/.agent-scope.json")[0]

    def test_one_that_somebody_left_where_everybody_may_is_nobodys(self, tmp_path: Path) -> None:
        made(tmp_path, "shared/.agent-scope.json", "shared/mine/")
        (tmp_path / "shared").chmod(0o1777)
        given_away(tmp_path / "shared/.agent-scope.json")
        assert policies_from(f"{tmp_path}/shared/mine") == []
        assert project_root(f"{tmp_path}/shared/mine") == f"{tmp_path}/shared/mine"


class TestOpenToOthers:
    def test_a_repository_is_asked_for_its_owner_alone(self, tmp_path: Path) -> None:
        made(tmp_path, ".git", "x/")
        (tmp_path / ".git").chmod(0o777)
        assert own_store(f"{tmp_path}/x") == f"{tmp_path}/.agent-traces"

    @pytest.mark.parametrize("what", [".", ".agent-traces"])
    def test_a_place_that_everybody_may_write_in_is_refused(self, tmp_path: Path, what: str) -> None:
        made(tmp_path, ".git", ".agent-traces")
        (tmp_path / what).chmod(0o777)
        with pytest.raises(TraceError, match=r"every user may write .*`chmod o-w"):
            own_store(str(tmp_path))

    @pytest.mark.parametrize(("what", "mode"), [(".", 0o755), (".", 0o775), (".", 0o1777), (".agent-traces", 0o700), (".agent-traces", 0o775)])
    def test_ordinary_modes_are_no_matter(self, tmp_path: Path, what: str, mode: int) -> None:
        made(tmp_path, ".git", ".agent-traces")
        (tmp_path / what).chmod(mode)
        assert own_store(str(tmp_path)) == f"{tmp_path}/.agent-traces"

    def test_a_policy_that_everybody_may_change(self, tmp_path: Path) -> None:
        made(tmp_path, ".agent-scope.json")
        (tmp_path / ".agent-scope.json").chmod(0o666)
        assert "every user may write" in trouble_with_policy(f"{tmp_path}/.agent-scope.json")[0]
        (tmp_path / ".agent-scope.json").chmod(0o664)
        assert trouble_with_policy(f"{tmp_path}/.agent-scope.json") == ("", "")


class TestPlaces:
    def test_the_trace_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert trace_folder("/p") == "/p/.agent-traces" and trace_folder("/") == "/.agent-traces"
        monkeypatch.setenv("AGENT_TRACE_DIR", "mine")
        assert trace_folder("/p") == "/p/mine"

    @as_root
    def test_a_store_that_a_person_names_is_taken_as_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AGENT_TRACE_DIR", str(tmp_path))
        given_away(tmp_path)
        assert own_store("/") == str(tmp_path)
