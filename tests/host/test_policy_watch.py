"""What is kept between calls, and for how long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gateway.host import policy_watch
from gateway.host.policy_files import mark_of
from gateway.host.policy_watch import WatchedFolders
from gateway.model.errors import PolicyError


class TestPolicy:
    def test_a_call_is_judged_by_what_holds_now(self, tmp_path: Path) -> None:
        kept = WatchedFolders((), "")
        before = kept.policy(str(tmp_path), exact=True)
        assert kept.policy(str(tmp_path), exact=True) is before
        (tmp_path / ".agent-scope.json").write_text("{}")
        assert kept.policy(str(tmp_path), exact=False) is before
        assert kept.policy(str(tmp_path), exact=True) is not before

    def test_what_is_shown_and_cleaned_is_a_moment_old_at_most(self, tmp_path: Path) -> None:
        kept = WatchedFolders((), "")
        before = kept.policy(str(tmp_path), exact=True)
        (tmp_path / ".agent-scope.json").write_text("{}")
        time.sleep(0.2)
        assert kept.policy(str(tmp_path), exact=False) is not before

    def test_a_policy_that_cannot_be_read_is_not_the_one_before(self, tmp_path: Path) -> None:
        kept = WatchedFolders((), "")
        kept.policy(str(tmp_path), exact=True)
        (tmp_path / ".agent-scope.json").write_text("{")
        for _ in range(2):
            with pytest.raises(PolicyError):
                kept.policy(str(tmp_path), exact=True)


class TestUnchanged:
    def test_what_comes_goes_or_differs_is_seen(self, tmp_path: Path) -> None:
        here, gone = tmp_path / "here", tmp_path / "gone"
        here.write_text("1")
        marks = [(str(path), mark_of(str(path))) for path in (here, gone, here / "below")]
        assert policy_watch.unchanged(marks)
        gone.symlink_to(tmp_path / "nowhere")
        assert policy_watch.unchanged(marks)
        (tmp_path / "nowhere").write_text("")
        assert not policy_watch.unchanged(marks)
        gone.unlink()
        assert policy_watch.unchanged(marks)
        here.write_text("22")
        assert not policy_watch.unchanged(marks)


class TestCondensed:
    def test_files_of_a_folder_that_is_missing_are_one(self, tmp_path: Path) -> None:
        paths = [tmp_path / "a" / "b" / name for name in ("x", "y")] + [tmp_path / "z"]
        marks = policy_watch.condensed([(str(path), None) for path in paths])
        assert marks == [(str(tmp_path / "a"), None), (str(tmp_path / "z"), None)]
        assert policy_watch.unchanged(marks)
        (tmp_path / "a").mkdir()
        assert not policy_watch.unchanged(marks)

    def test_what_is_there_stays_as_it_is(self, tmp_path: Path) -> None:
        here = tmp_path / "here"
        here.write_text("1")
        marks = [(str(here), mark_of(str(here))), (str(tmp_path / "gone"), None)]
        assert policy_watch.condensed(marks) == marks


class TestRoot:
    def test_looked_for_again_after_a_while(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        below = tmp_path / "a"
        below.mkdir()
        kept = WatchedFolders((), "")
        assert kept.root(str(below)) == str(below)
        (tmp_path / ".git").mkdir()
        assert kept.root(str(below)) == str(below)
        monkeypatch.setattr(policy_watch, "ROOT_AGE", -1.0)
        assert kept.root(str(below)) == str(tmp_path)


class TestProject:
    def test_the_clients_own_wherever_a_call_comes_from(self, tmp_path: Path) -> None:
        for folder in ("p/deep", "elsewhere"):
            (tmp_path / folder).mkdir(parents=True)
        for folder in ("p", "elsewhere"):
            (tmp_path / folder / ".agent-scope.json").touch()
        assert WatchedFolders((f"{tmp_path}/p/deep",), "").project(f"{tmp_path}/elsewhere") == f"{tmp_path}/p"
        assert WatchedFolders((), "").project(f"{tmp_path}/p/deep") == f"{tmp_path}/p"

    def test_a_policy_that_was_named_means_the_folder_that_was_named(self, tmp_path: Path) -> None:
        (tmp_path / "p" / "deep").mkdir(parents=True)
        (tmp_path / "p" / ".agent-scope.json").touch()
        assert WatchedFolders((f"{tmp_path}/p/deep",), "/x.json").project(str(tmp_path)) == f"{tmp_path}/p/deep"
        assert WatchedFolders((), "/x.json").project(f"{tmp_path}/p/deep") == f"{tmp_path}/p"
