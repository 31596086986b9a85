"""A store of many sessions, for figures: days, projects, agents, users and models spread over it, the same each time."""

from __future__ import annotations

import os
from pathlib import Path

from tests.stores import BEGIN, call, event, failure, result, session, verdict

MODELS = ("claude-sonnet-4-5", "claude-opus-4-5", "gpt-5", "nobody-knows-1")
AGENTS = ("claude-code", "codex", "cursor")
DAY = 86_400.0


def fill(store: Path, count: int) -> None:
    """Write so many sessions, twenty minutes apart, the first the oldest."""
    for number in range(count):
        at = number * DAY / 72
        refused = verdict("deny") if number % 7 == 0 else verdict("allow")
        usage = {"input_tokens": 1_000 + number % 50, "output_tokens": 200}
        path = session(
            store,
            f"{number:06x}-session",
            event("user_prompt", at, prompt=f"task {number}: look at module {number % 97}"),
            call(at + 1, f"c{number}", "Bash" if number % 2 else "Read", refused, file_path=f"/p/src/m{number % 97}.py"),
            (failure if number % 5 == 0 else result)(at + 2, f"c{number}", "Bash" if number % 2 else "Read", f"output {number}"),
            event("assistant_response", at + 3, text="done", model=MODELS[number % 4], usage=usage, message_id=f"m{number}"),
            meta={
                "agent_name": AGENTS[number % 3],
                "attribution": {"os_user": f"user{number % 4}", "git_repo": f"/home/u/project{number % 5}"},
            },
        )
        os.utime(path, (BEGIN + at + 3, BEGIN + at + 3))
