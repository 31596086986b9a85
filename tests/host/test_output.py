"""Everything that a command says goes through here, whoever forgot to look at it before."""

from __future__ import annotations

import io
import json
import sys

import pytest

from gateway.host.output import Output, guarded_streams, harmless_bytes, let_colors_pass, redraw, say_commands


class Stream(io.TextIOWrapper):
    """A stream whose bytes can be looked at; a terminal if it is told to be one."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def said(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


class TestWrite:
    @pytest.mark.parametrize("size", [1, 20_000])
    def test_ordinary_text_goes_as_it_is(self, size: int) -> None:
        stream = Stream()
        text = "a → b\n\tc::d 👩‍💻 é\n" * size
        assert Output(stream).write(text) == len(text)
        assert stream.said() == text

    def test_order_is_kept_between_long_and_short(self) -> None:
        stream = Stream()
        out = Output(stream)
        pieces = ["a", "b" * 10_000, "c", "\x1b" + "d" * 10_000, "e" * 9_000, "f\n"]
        out.writelines(pieces)
        assert stream.said() == "".join(pieces).replace("\x1b", "\\u001b")

    @pytest.mark.parametrize("bad", ["\x1b]0;x\x07", "\x9b2J", "\x00", "\r", "\x7f", "\u202e", "\ud800"])
    @pytest.mark.parametrize("around", ["", "x" * 10_000])
    def test_what_steers_is_escaped(self, bad: str, around: str) -> None:
        stream = Stream()
        Output(stream).write(f'"{around}{bad}"\n')
        assert bad not in stream.said() and json.loads(stream.said()) == around + bad

    @pytest.mark.parametrize(
        "pieces",
        [["::error::x\n"], ["a\n", "::error::x\n"], ["  ", "::error::x\n"], [":", ":error::x\n"], ["a\n ", " :", ":error::x\n"], ["\n", "", "::x\n"]],
    )
    def test_no_line_is_a_command_however_it_is_written(self, pieces: list[str]) -> None:
        stream = Stream()
        Output(stream).writelines(pieces)
        assert not any(line.strip().startswith("::") for line in stream.said().splitlines())

    @pytest.mark.parametrize("pieces", [["a", "::b\n"], ["Foo::", "bar\n"], ["a:", ":b\n"]])
    def test_inside_a_line_it_is_none(self, pieces: list[str]) -> None:
        stream = Stream()
        Output(stream).writelines(pieces)
        assert stream.said() == "".join(pieces)

    def test_takes_no_bytes(self) -> None:
        with pytest.raises(TypeError):
            Output(Stream()).write(b"x")  # type: ignore[arg-type]


class TestColors:
    def test_pass_on_a_terminal_and_where_they_are_asked_for(self) -> None:
        text = "\x1b[31mred\x1b[0m \x1b[8mhidden \x1b]0;x\x07\x1b[2J"
        plain, colored, terminal = Stream(), Stream(), Stream(terminal=True)
        Output(plain).write(text)
        out = Output(colored)
        out.colored = True
        out.write(text)
        Output(terminal).write(text)
        assert "\x1b" not in plain.said()
        assert colored.said() == terminal.said() == "\x1b[31mred\x1b[0m \\u001b[8mhidden \\u001b]0;x\\u0007\\u001b[2J"


class TestStreams:
    def test_are_guarded_and_come_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out, err = Stream(), Stream()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with guarded_streams(), guarded_streams():
            sys.stdout.write("\x1b\n")
            sys.stderr.write("::x\n")
            say_commands("::error::a\x1b\n")
            redraw("1 of 2")
            let_colors_pass()
            sys.stdout.write("\x1b[1mb\x1b[0m\n")
        assert (sys.stdout, sys.stderr) == (out, err)
        assert out.said() == "\\u001b\n::error::a\\u001b\n\x1b[1mb\x1b[0m\n"
        assert err.said() == "\\u003a:x\n\r\x1b[K1 of 2"

    def test_without_a_guard_commands_and_progress_still_go_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out, err = Stream(), Stream()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        say_commands("::x::\n")
        redraw("a")
        let_colors_pass()
        assert (out.said(), err.said()) == ("::x::\n", "\r\x1b[Ka")


class TestDocuments:
    @pytest.mark.parametrize("bad", ["\x7f", "\x9b", "\u202e", "\u2028", "##[error]", "##vso[x]"])
    def test_are_still_the_same(self, bad: str) -> None:
        data = json.dumps({bad: bad}, ensure_ascii=False).encode()
        shown = harmless_bytes(data)
        assert bad.encode() not in shown and json.loads(shown) == {bad: bad}

    def test_ordinary_ones_are_not_touched(self) -> None:
        data = json.dumps({"a": "é → 👩‍💻 ##"}, ensure_ascii=False).encode()
        assert harmless_bytes(data) == data
