"""`approvals`: the calls that wait for a person's answer."""

from __future__ import annotations

import json
import sys
import time
from typing import Annotated, Any

import typer

from gateway.host.approvals import all_waiting


def command(as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False) -> None:
    """List the calls that are waiting for approval."""
    waiting = all_waiting(time.time())
    if as_json:
        shown = [{key: value for key, value in asked.items() if key != "digest"} for asked in waiting]
        sys.stdout.write(json.dumps({"waiting": shown}, ensure_ascii=False) + "\n")
        return
    if not waiting:
        sys.stderr.write("No call waits for an answer.\n")
    for asked in waiting:
        sys.stdout.write(told(asked))


def told(asked: dict[str, Any]) -> str:
    """Return what a waiting call is, and why it was asked about."""
    lines = [
        f"{asked['name']}  {asked.get('tool')}  in {asked.get('cwd')}",
        f"    {json.dumps(asked.get('arguments'), ensure_ascii=False)[:2000]}",
    ]
    for reason in asked.get("reasons") or ():
        source = f"  [{reason['source']}]" if reason.get("source") else ""
        lines.append(f"    {reason.get('effect')}: {reason.get('text')}{source}")
    return "\n".join(_plain(line) for line in lines) + "\n"


def _plain(line: str) -> str:
    """Return a line without control characters, so that what an agent wrote cannot draw on a person's terminal."""
    return "".join(char if char.isprintable() else "�" for char in line)
