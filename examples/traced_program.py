"""A program whose tools are judged by `.agent-scope.json` and recorded: run it, then `agent-strace replay`."""

from __future__ import annotations

import sys
from pathlib import Path

from agent_trace import end_session, log_decision, start_session, trace_tool

from gateway import CallDeniedError


@trace_tool
def read_file(file_path: str) -> str:
    """Return the text of a file."""
    return Path(file_path).read_text()


def main() -> None:
    """Read what the policy lets through, and go on where it does not."""
    start_session(name="reader")
    for name in sys.argv[1:]:
        try:
            print(f"{name}: {len(read_file(name))} characters")
        except CallDeniedError as error:
            log_decision("skip", f"not allowed to read {name}")
            print(f"{name}: {error}")
    end_session()


if __name__ == "__main__":
    main()
