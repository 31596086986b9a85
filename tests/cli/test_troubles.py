from __future__ import annotations

import pytest

from gateway.cli.troubles import guarded
from gateway.model.errors import GatewayError, NothingError, PolicyError, TraceError


class TestGuarded:
    @pytest.mark.parametrize(
        ("error", "code", "said"),
        [
            (NothingError("no session here", "record one"), 3, "no session here (record one)"),
            (PolicyError("unknown key `x`", source="a.json", line=3, pointer="/x"), 4, "a.json:3: /x: unknown key `x`"),
            (TraceError("cannot be read"), 4, "cannot be read"),
            (GatewayError("x"), 4, "x"),
            (OSError(28, "No space left on device", "/f"), 4, "No space left on device: `/f`"),
            (KeyboardInterrupt(), 130, "interrupted"),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_one_line_and_a_code(self, error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
        def run() -> None:
            raise error

        with pytest.raises(SystemExit) as stop:
            guarded(run)
        assert (stop.value.code, capsys.readouterr().err) == (code, f"agent-strace: {said}\n")
