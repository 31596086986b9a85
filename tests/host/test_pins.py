"""Pins are kept, and a file that cannot be trusted says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.host.pins import PinFile
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
