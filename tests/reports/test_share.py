"""`share`: what it tells before it writes, and what it writes."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.reports import share
from gateway.reports.share import preview_lines
from tests.reports import scenes
from tests.reports.command_line import Run


@pytest.fixture
def story(store: Path) -> Path:
    """Return a store with the story in it."""
    scenes.write(store, "story", scenes.story(), scenes.WHO, scenes.NOTES)
    return store


class TestShare:
    def test_says_what_it_wrote_and_which_folder_there_is_not(self, story: Path, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "out.html"
        assert run("share", "story", "-o", target).err.endswith(f"wrote {target}\n")
        done = run("share", "story", "-o", tmp_path / "missing" / "out.html")
        assert done.code == 4 and f"no such folder `{tmp_path}/missing/`" in done.err and ".page-" not in done.err

    def test_writes_one_page_for_its_owner_alone(self, story: Path, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "out.html"
        done = run("share", "story", "-o", target)
        assert done.code == 0 and target.read_text().startswith("<!doctype html>")
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert (
            "1 named-secret" in done.err and "--mask takes it out" in done.err and "Personal data left in it: nothing" in done.err and done.out == ""
        )
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".share")] == []

    def test_names_the_page_after_the_session(self, story: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert run("share", "sto", "--redact", "--mask").code == 0 and (tmp_path / "story.html").is_file()

    def test_to_stdout(self, story: Path, store: Path, tmp_path: Path) -> None:
        words = [sys.executable, "-m", "gateway", "--trace-dir", str(store), "share", "story", "-o", "-", "--json"]
        done = subprocess.run(words, capture_output=True, cwd=tmp_path, check=False)
        assert done.returncode == 0 and done.stdout.startswith(b"<!doctype html>") and done.stdout.endswith(b"</html>\n")
        assert b"Left in it" in done.stderr and list(tmp_path.glob("*.html")) == []

    def test_preview_writes_nothing(self, story: Path, run: Run, tmp_path: Path) -> None:
        done = run("share", "-o", tmp_path / "out.html", "--dry-run", "--json")
        assert done.code == 0 and not (tmp_path / "out.html").exists()
        assert done.json["file"] is None and done.json["events"] == len(scenes.story()) and done.json["left"]["prompts"]["events"] == 2

    def test_json_tells_the_file(self, story: Path, run: Run, tmp_path: Path) -> None:
        done = run("share", "-o", tmp_path / "out.html", "--json")
        assert done.json["file"] == str(tmp_path / "out.html") and done.json["bytes"] == (tmp_path / "out.html").stat().st_size

    def test_mask_leaves_out_who(self, story: Path, run: Run, tmp_path: Path) -> None:
        told = run("share", "--mask", "--dry-run", "--json").json
        assert "os_user" not in told["identity"] and "git_branch" in told["identity"]

    def test_a_person_who_says_no_gets_no_file(self, story: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(share, "_agreed", lambda as_json: False)
        assert run("share", "-o", tmp_path / "out.html").code == 1 and not (tmp_path / "out.html").exists()
        assert run("share", "-o", tmp_path / "out.html", "--yes").code == 0

    def test_subagents_come_along_unless_left_out(self, story: Path, run: Run) -> None:
        scenes.write(story, "child", list(scenes.long(6)), {"parent_session_id": "story"})
        assert run("share", "story", "--dry-run", "--json").json["sessions"] == 2
        assert run("share", "story", "--dry-run", "--json", "--no-subagents").json["sessions"] == 1

    def test_no_session_and_no_folder(self, store: Path, run: Run, tmp_path: Path) -> None:
        assert run("share").code == 3
        scenes.write(store, "story", scenes.story())
        assert run("share", "-o", tmp_path / "no" / "such" / "out.html").code == 4


class TestPreview:
    def test_tells_what_is_out_and_what_is_left(self) -> None:
        told = {
            "session": "s",
            "events": 1234,
            "bytes": 2_500_000,
            "removed_when_recorded": {"jwt": 2},
            "removed_now": {},
            "left": {"results": {"events": 3, "bytes": 4000}},
            "files_named": 5,
            "hosts_named": 0,
            "identity": [],
            "partly_looked_at": 2,
            "cleaned_when_recorded": 7,
            "personal_data_left": {"events": 1000, "kinds": {"email": 3}},
        }
        left = "  Personal data left in it: 3 email in its first 1,000 events, the rest was not counted; --mask takes it out, and who ran it where"
        assert preview_lines(told, mask=False)[-1] == left
        assert preview_lines(told, mask=True) == [
            "Session s: 1,234 events, 2.5 MB",
            "  Taken out when it was recorded: 2 jwt",
            "  Taken out now: nothing",
            "  7 events were cleaned by these detectors when recorded; --redact looks at them again",
            "  Left in it: 3 results (4 kB)",
            "  It names 5 files and 0 hosts, and tells nobody",
            "  2 events were too much to be looked at whole; what was not looked at was left out",
        ]
