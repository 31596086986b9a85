"""The operator's log: one line of JSON an event, and nothing a peer says can start another line."""

from __future__ import annotations

import json

import pytest
import structlog

from gateway.host.operator_log import operator_log, told_to


class TestOperatorLog:
    def test_writes_one_line_each(self, capsys: pytest.CaptureFixture[str]) -> None:
        log = operator_log("http")
        log.warning("turned away", problem='evil\n{"level": "info"}\x1b[2J')
        structlog.reset_defaults()
        out, err = capsys.readouterr()
        [line] = err.splitlines()
        assert out == "" and "\x1b" not in line
        told = json.loads(line)
        assert (told["event"], told["level"], told["door"]) == ("turned away", "warning", "http")
        assert told["timestamp"].endswith("Z")

    def test_a_librarys_traceback_is_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        logger = told_to(operator_log("http"))
        try:
            raise ValueError("first\nsecond")
        except ValueError:
            logger.exception("Error handling request")
        logger.warning("plain %s", "words")
        logger.info("nothing")
        structlog.reset_defaults()
        assert [json.loads(line)["problem"] for line in capsys.readouterr().err.splitlines()] == ["ValueError: first", "plain words"]

    def test_no_credential_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        token = "ghp_" + "a1B2c3D4e" * 4
        operator_log("http").warning("no answer from the server", problem=f"cannot connect to https://ann:{token}@x.example/?token={token}")
        structlog.reset_defaults()
        err = capsys.readouterr().err
        assert token[4:12] not in err and "[REDACTED:" in err and "x.example" in err
