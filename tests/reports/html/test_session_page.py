"""A session as a page, read back as a browser reads it."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path
from typing import Any

from gateway.analysis.columns import LAYOUT, WIDTH
from gateway.reports.html.session_page import SessionPage
from tests.reports import scenes
from tests.reports.html.test_compressed_data import unpacked


def pages(store: Path, *names: str, personal: bool = False) -> tuple[bytes, dict[str, Any], dict[str, bytes], list[str]]:
    """Return (a page, what it says of itself, its streams, warnings)."""
    warnings: list[str] = []
    file = io.BytesIO()
    SessionPage(str(store), list(names), mask=personal, warn=warnings.append).write(file)
    html = file.getvalue()
    last = html.rindex(b'<script type="application/x-pack">')
    blocks = html[last:].split(b"\n", 1)[0]
    import base64
    import zlib

    about = json.loads(zlib.decompress(base64.b64decode(blocks[len(b'<script type="application/x-pack">') : -len(b"</script>")])))
    return html, about, unpacked(html[:last], [tuple(one) for one in about["packs"]]), warnings


def columns(about: dict[str, Any], streams: dict[str, bytes]) -> dict[str, tuple[Any, ...]]:
    """Return the columns of a page."""
    found = {}
    at = 0
    for name, code, size in about["columns"]:
        found[name] = struct.unpack(f"<{size // struct.calcsize('<' + code)}{code}", streams["columns"][at : at + size])
        at += size
    return found


class TestStory:
    def test_every_event_is_in_it_as_it_was_recorded(self, tmp_path: Path) -> None:
        lines = scenes.story()
        scenes.write(tmp_path, "story", lines, scenes.WHO)
        _, about, streams, warnings = pages(tmp_path, "story")
        found = columns(about, streams)
        assert warnings == [] and about["events"] == len(lines)
        assert [about["types"][at] for at in found["type"]] == [one["event_type"] for one in lines]
        assert list(found["time"]) == [one["timestamp"] for one in lines]
        start = 0
        for end, line in zip(found["end"], lines, strict=True):
            body = json.loads(streams["bodies"][start:end])
            start = end
            for key in ("arguments", "result", "error", "prompt", "text", "usage"):
                assert body.get(key) == line["data"].get(key), key

    def test_header_tells_integrity_policy_phases_and_notes(self, tmp_path: Path) -> None:
        scenes.write(tmp_path, "story", scenes.story(), scenes.WHO, scenes.NOTES)
        _, about, _, _ = pages(tmp_path, "story")
        assert about["sessions"] == [{"name": "story", "track": "", "first": 1, "events": about["events"], "problem": ""}]
        assert about["revisions"] == [scenes.REVISION]
        assert [label for label, _ in about["phases"]][-1] == "Commit it on the branch, please."
        assert [(note["at"], note["bookmark"], note["label"]) for note in about["notes"]] == [(8, True, "root-cause"), (30, False, "")]
        assert about["curve"][-1][1] == 27_440 and about["curve"][-1][3] > 0
        assert about["disclosure"]["removed_when_recorded"] == {"named-secret": 1}

    def test_personal_data_leaves_only_when_wanted(self, tmp_path: Path) -> None:
        scenes.write(tmp_path, "story", [scenes.line(1, "user_prompt", 0, {"prompt": "write to ada@example.org"})], scenes.WHO)
        for personal in (False, True):
            html, about, streams, _ = pages(tmp_path, "story", personal=personal)
            assert (b"ada@example.org" in streams["bodies"]) is not personal
            assert ("os_user" in about["attribution"]) is not personal
            assert b"ada@example.org" not in html

    def test_credentials_that_were_recorded_do_not_leave(self, tmp_path: Path) -> None:
        token = "ghp_" + "aB3d" * 9
        data = {"tool_name": token, "arguments": {"command": f"echo {token}", "file_path": token}, "agent_id": token}
        lines = [scenes.line(1, "tool_call", 0, data), scenes.line(2, "user_prompt", 1, {"prompt": token})]
        notes = [{"annotation_id": "x", "event_id": "x", "note": token}]
        scenes.write(tmp_path, "s", lines, {"agent_name": token, "command": token}, notes)
        _, about, streams, _ = pages(tmp_path, "s")
        assert token not in json.dumps(about) and all(token.encode() not in stream for stream in streams.values())
        assert sum(about["disclosure"]["removed_now"].values()) > 0

    def test_a_changed_record_is_told(self, tmp_path: Path) -> None:
        folder = scenes.write(tmp_path, "story", scenes.story())
        path = folder / "events.ndjson"
        path.write_bytes(path.read_bytes().replace(b"git push --force", b"git push --forgo"))
        _, about, _, _ = pages(tmp_path, "story")
        assert "was changed" in about["sessions"][0]["problem"]

    def test_torn_lines_are_skipped_with_a_warning(self, tmp_path: Path) -> None:
        folder = scenes.write(tmp_path, "story", scenes.story())
        with (folder / "events.ndjson").open("ab") as file:
            file.write(b'{"event_type": "tool_c')
        _, about, _, warnings = pages(tmp_path, "story")
        assert about["events"] == len(scenes.story()) and len(warnings) == 1


class TestSubagents:
    def test_their_sessions_stand_below_on_tracks_of_their_own(self, tmp_path: Path) -> None:
        scenes.write(tmp_path, "story", scenes.story(), scenes.WHO)
        scenes.write(tmp_path, "child", list(scenes.long(20)), {"agent_name": "Explore", "parent_session_id": "story"})
        _, about, streams, _ = pages(tmp_path, "story", "child")
        found = columns(about, streams)
        first = about["sessions"][1]["first"]
        assert about["sessions"][1]["track"] == "Explore" and first == len(scenes.story()) + 1
        assert about["tracks"][found["track"][first - 1]] == "Explore"
        assert all(parent == 0 or parent >= first for parent in found["parent"][first - 1 :])


class TestSize:
    def test_beyond_its_text_an_event_takes_at_most_forty_bytes(self, tmp_path: Path) -> None:
        scenes.write(tmp_path, "long", scenes.long(4000))
        html, about, streams, _ = pages(tmp_path, "long")
        text = len(streams["bodies"]) + len(streams["frames"]) + len(streams["paths"])
        _, _, nothing, _ = pages(_single(tmp_path), "one")
        shell = len(pages(_single(tmp_path), "one")[0]) - sum(map(len, nothing.values()))
        assert len(html) - shell <= text + 40 * about["events"]
        assert len(streams["columns"]) <= WIDTH * about["events"] + 4 * 100
        assert {name for name, _, _ in about["columns"]} == {name for name, _ in LAYOUT} | {"ends"}


def _single(tmp_path: Path) -> Path:
    scenes.write(tmp_path, "one", [scenes.line(1, "session_start", 0, {})])
    return tmp_path
