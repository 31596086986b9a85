"""The operator's log of a long-running door: what happened to the process, one line each on stderr. Never what passed
through it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from gateway.redaction.redact import Cleaner

_KEY = os.urandom(32)

Log = structlog.stdlib.BoundLogger


def operator_log(door: str) -> Log:
    """Return a log: lines for people on a terminal, JSON lines elsewhere."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            _cleaned,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    log: Log = structlog.get_logger(door=door)
    return log


def _cleaned(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take credentials out of a line: what a library says of an address may hold one."""
    del logger, method
    cleaned: MutableMapping[str, Any] = Cleaner(_KEY).value(dict(event))
    return cleaned


class _Told(logging.Handler):
    """Tells the log what a library has to say, in one line each."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        text = str(error).split("\n", 1)[0] if error is not None else record.getMessage()
        self._log.warning(
            "trouble", problem=f"{type(error).__name__}: {text[:200]}" if error is not None else text[:200]
        )


def told_to(log: Log) -> logging.Logger:
    """Return a logger for a library: what it would write with a traceback becomes a line of the log."""
    logger = logging.Logger("library", logging.WARNING)
    logger.addHandler(_Told(log))
    return logger
