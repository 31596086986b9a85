"""Pins are kept, and a file that cannot be trusted says so."""

from __future__ import annotations

import json
import os
import random
import string
from pathlib import Path

import pytest

from gateway.host.pins import ABANDONED, MAX_DEFINITION, PinFile, shown
from gateway.model.errors import GatewayError

ONE = ("w", "d", "s")


class TestPinFile:
    def test_kept_by_identity(self) -> None:
        PinFile("a").keep({"x": ONE})
        PinFile("a").keep({"y": ONE})
        assert PinFile("a").kept() == {"x": ONE, "y": ONE} and PinFile("b").kept() == {}
        PinFile("a").replace({"z": ONE})
        assert PinFile("a").kept() == {"z": ONE}

    def test_only_we_can_read_it(self) -> None:
        pins = PinFile("a")
        pins.keep({"x": ONE})
        assert Path(pins.path).stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("text", ["", "{", '{"tools": {"x": ["w"]}}', "[]"])
    def test_damaged(self, text: str) -> None:
        pins = PinFile("a")
        pins.keep({"x": ONE})
        Path(pins.path).write_text(text)
        with pytest.raises(GatewayError, match="pins cannot be read"):
            PinFile("a").kept()

    def test_a_folder_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
        with pytest.raises(GatewayError, match="cannot be written"):
            PinFile("a").keep({"x": ONE})

    def test_what_another_process_writes_is_seen(self) -> None:
        running = PinFile("a")
        running.keep({"x": ONE})
        PinFile("a").replace({"x": ("w2", "d", "s")})
        assert running.kept() == {"x": ("w2", "d", "s")}

    def test_definitions(self) -> None:
        PinFile("a").keep({"x": ONE, "y": ONE}, {"x": {"name": "x"}, "y": {"name": "y", "description": "z" * MAX_DEFINITION}})
        assert PinFile("a").definitions() == {"x": {"name": "x"}, "y": None}
        PinFile("a").keep({"x": ("w2", "d", "s")})
        assert PinFile("a").definitions() == {"y": None}


def made(prefix: str, length: int) -> str:
    """Return a credential of this run alone."""
    return prefix + "".join(random.choices(string.ascii_letters + string.digits, k=length))


class TestSecrets:
    """A server's command line and URL hold credentials; none of them is in the file, in whatever way it stands there."""

    WAYS = (
        "command:npx -y @x/db --api-key {}",
        "command:npx -y @x/db --api-key={}",
        "command:env DB_TOKEN={} npx server",
        "command:server -H 'Authorization: Bearer {}'",
        "command:server postgres://user:{}@db.example/x",
        "command:npx mcp-remote 'https://mcp.example/s/{}/mcp?key={}'",
        "command:sh -c 'TOKEN={} exec server'",
        "url:https://mcp.example/s/{}/mcp",
        "url:https://user:{}@mcp.example/mcp",
        "url:https://mcp.example/mcp?token={}",
    )

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize(
        ("prefix", "length"), [("ghp_", 36), ("sk-ant-api03-", 90), ("AKIA", 0), ("xoxb-123456789012-", 24), ("glpat-", 20), ("", 40)]
    )
    def test_nothing_of_it_is_written(self, way: str, prefix: str, length: int) -> None:
        secret = made(prefix, length) if length else prefix + "".join(random.choices(string.ascii_uppercase + "234567", k=16))
        pins = PinFile(way.replace("{}", secret))
        pins.keep({"x": ONE}, {"x": {"name": "x", "description": f"its token is {secret}" if prefix else ""}})
        for file in Path(pins.folder).iterdir():
            assert secret not in file.read_text()
        assert PinFile(way.replace("{}", secret)).kept() == {"x": ONE}

    def test_what_is_told(self) -> None:
        assert (
            shown("command:/usr/bin/npx -y '@x/server' --root=/srv https://a.example/b?c")
            == "command: /usr/bin/npx -y @x/server --root=… https://a.example"
        )
        assert shown("url:https://a.example:8443/mcp") == "url: https://a.example:8443" and shown("command:'") == "command: "

    def test_files_of_before_are_written_anew_whichever_server_they_are_of(self) -> None:
        secret = made("ghp_", 36)
        mine, other = PinFile(f"command:mine {secret}"), PinFile(f"url:https://other.example/{secret}")
        os.makedirs(mine.folder)
        for pins in (mine, other):
            Path(pins.path).write_text(json.dumps({"identity": pins.identity, "written": 1.0, "tools": {"x": list(ONE)}}))
        for age, name in ((2 * ABANDONED, "1"), (0, "2")):
            left = Path(f"{mine.path}.{name}")
            left.write_text(secret)
            os.utime(left, (left.stat().st_mtime - age,) * 2)
        Path(f"{mine.folder}/broken.json").write_text("{")
        assert PinFile(mine.identity).kept() == PinFile(other.identity).kept() == {"x": ONE}
        assert not Path(f"{mine.path}.1").exists() and Path(f"{mine.path}.2").exists()
        for pins in (mine, other):
            text = Path(pins.path).read_text()
            assert secret not in text and pins.digest in text and Path(pins.path).stat().st_mode & 0o077 == 0
