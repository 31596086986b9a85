"""A Claude Code project folder with everything that makes counting hard, and what it comes to by hand.

Streaming duplicates, a response the client made up, a sidechain that repeats a request of the main chain, subagents in all three
layouts, both kinds of cache write, and a fork that copies the history.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MODEL = "claude-sonnet-4-5-20250929"
SUB_MODEL = "claude-haiku-4-5-20251001"
MAIN = "11111111-aaaa-4bbb-8ccc-000000000001"
FORK = "22222222-aaaa-4bbb-8ccc-000000000002"
CWD = "/home/u/shop"

# Dollars per million tokens, from the price list: input, output, cache read, write for 5 minutes, write for an hour.
SONNET = (3.0, 15.0, 0.3, 3.75, 6.0)
HAIKU = (1.0, 5.0, 0.1, 1.25, 2.0)


def by_hand(prices: tuple[float, ...], *counts: int) -> float:
    """Return dollars for input, output, cache reads, five-minute writes and one-hour writes."""
    return sum(price * count for price, count in zip(prices, counts, strict=True)) / 1_000_000


MAIN_COST = by_hand(SONNET, 1200, 350, 0, 4000, 1000) + by_hand(SONNET, 30, 410, 5000, 200, 0) + by_hand(SONNET, 8, 90, 5600, 0, 0)
SUBAGENT_COST = sum(by_hand(HAIKU, *counts) for counts in ((900, 120, 0, 0, 3000), (15, 60, 3000, 250, 0), (700, 80, 0, 0, 0), (500, 40, 0, 0, 0)))
FORK_COST = by_hand(SONNET, 12, 200, 5700, 300, 0)


def line(kind: str, number: int, session: str = MAIN, **more: Any) -> dict[str, Any]:
    """Return one transcript line, `number` seconds after noon."""
    common = {"uuid": f"u-{kind}-{number}", "parentUuid": None, "sessionId": session, "cwd": CWD, "gitBranch": "main", "version": "2.1.288"}
    stamp = f"2026-03-02T12:{number // 60:02}:{number % 60:02}.500Z"
    return {**common, "type": kind, "timestamp": stamp, "isSidechain": False, "userType": "external", **more}


def usage(given: int, output: int, read: int = 0, minutes: int = 0, hour: int = 0) -> dict[str, Any]:
    """Return a usage object of the Messages API."""
    split = {"ephemeral_5m_input_tokens": minutes, "ephemeral_1h_input_tokens": hour}
    counts = {"input_tokens": given, "output_tokens": output, "cache_read_input_tokens": read, "cache_creation_input_tokens": minutes + hour}
    return {**counts, "cache_creation": split, "service_tier": "standard"}


def said(number: int, message: str, block: dict[str, Any], used: dict[str, Any], *, model: str = MODEL, **more: Any) -> dict[str, Any]:
    """Return one line of a response: one content block, with the usage as far as it was known."""
    inner = {"id": message, "type": "message", "role": "assistant", "model": model, "content": [block], "usage": used}
    return line("assistant", number, message=inner, requestId=f"req_{message}", **more)


def text(words: str) -> dict[str, Any]:
    """Return a text block."""
    return {"type": "text", "text": words}


def tool(name: str, call: str, **given: Any) -> dict[str, Any]:
    """Return a tool_use block."""
    return {"type": "tool_use", "id": call, "name": name, "input": given}


def returned(number: int, call: str, output: str, *, failed: bool = False, structured: Any = None, **more: Any) -> dict[str, Any]:
    """Return the line of a tool's result."""
    block = {"type": "tool_result", "tool_use_id": call, "content": output, "is_error": failed}
    extra = {} if structured is None else {"toolUseResult": structured}
    return line("user", number, message={"role": "user", "content": [block]}, **extra, **more)


def prompt(number: int, words: str, **more: Any) -> dict[str, Any]:
    """Return the line of a typed prompt."""
    return line("user", number, message={"role": "user", "content": words}, **more)


def history() -> list[dict[str, Any]]:
    """Return the first half of the main transcript, which the fork copies."""
    return [
        {"type": "queue-operation", "operation": "enqueue", "timestamp": "2026-03-02T12:00:00.000Z", "sessionId": MAIN},
        prompt(0, "publish the shop", permissionMode="default"),
        line("user", 0, isMeta=True, message={"role": "user", "content": "<local-command-caveat>not typed</local-command-caveat>"}),
        said(2, "msg_1", {"type": "thinking", "thinking": "hm"}, usage(1200, 1, minutes=4000, hour=1000)),
        said(3, "msg_1", text("I look at it first."), usage(1200, 40, minutes=4000, hour=1000)),
        said(4, "msg_1", tool("Read", "toolu_1", file_path=f"{CWD}/.env"), usage(1200, 350, minutes=4000, hour=1000)),
        returned(5, "toolu_1", "A=1", structured={"type": "text", "file": {"filePath": f"{CWD}/.env", "content": "A=1"}}),
        said(6, "msg_2", tool("Bash", "toolu_2", command="pytest"), usage(30, 200, 5000, 200)),
        said(7, "msg_2", tool("Task", "toolu_3", description="look", prompt="look around", subagent_type="Explore"), usage(30, 410, 5000, 200)),
        returned(8, "toolu_2", "Exit code 1\nno tests ran", failed=True, structured="Error: Exit code 1"),
    ]


def ending() -> list[dict[str, Any]]:
    """Return what the main session went on with."""
    done = {"status": "completed", "agentId": "a1f00d", "totalTokens": 12, "usage": usage(1, 1), "content": [text("found it")]}
    return [
        returned(20, "toolu_3", "found it", structured=done),
        # A sidechain that repeats a request of the main chain under another request id.
        said(21, "msg_2", text("aside"), usage(30, 410, 5000, 200), isSidechain=True) | {"requestId": "req_other"},
        said(22, "msg_3", text("All published."), usage(8, 90, 5600)),
        said(23, "msg_local", text("API Error: overloaded"), usage(0, 0), model="<synthetic>", isApiErrorMessage=True),
        {"type": "summary", "summary": "Published", "leafUuid": "u-assistant-22"},
    ]


def subagent(agent: str, *responses: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a subagent's transcript."""
    aside = {"isSidechain": True, "agentId": agent}
    return [prompt(9, "look around", **aside), *({**response, **aside} for response in responses)]


def subagents() -> dict[str, list[dict[str, Any]]]:
    """Return file -> lines of the subagents, one in each layout and one of a workflow run."""
    first = said(10, "msg_s1", tool("Grep", "toolu_s1", pattern="publish"), usage(900, 120, hour=3000), model=SUB_MODEL)
    found = returned(11, "toolu_s1", "src/shop.py:1")
    return {
        f"{MAIN}/subagents/agent-a1f00d.jsonl": subagent(
            "a1f00d", first, found, said(12, "msg_s2", text("found it"), usage(15, 60, 3000, 250), model=SUB_MODEL)
        ),
        f"{MAIN}/subagents/workflows/run1/agent-b2.jsonl": subagent("b2", said(13, "msg_s3", text("ok"), usage(700, 80), model=SUB_MODEL)),
        f"{MAIN}/agent-c3.jsonl": subagent("c3", said(14, "msg_s4", text("ok"), usage(500, 40), model=SUB_MODEL)),
        # The oldest layout; the request is one that another file told of already.
        "agent-d4.jsonl": subagent("d4", said(15, "msg_s4", text("ok"), usage(500, 40), model=SUB_MODEL)),
        "agent-e5.jsonl": [
            {**one, "sessionId": "33333333-0000-4000-8000-000000000003"} for one in subagent("e5", said(15, "msg_x", text("no"), usage(9, 9)))
        ],
    }


def fork() -> list[dict[str, Any]]:
    """Return the fork: the history under a session id of its own, then a request of its own."""
    return [{**one, "sessionId": FORK} for one in history()] + [
        prompt(40, "do it differently", session=FORK),
        said(41, "msg_f1", text("Differently, then."), usage(12, 200, 5700, 300), session=FORK),
    ]


def write(home: Path) -> Path:
    """Write the project folder below a home; return the main transcript."""
    folder = home / ".claude" / "projects" / "-home-u-shop"
    files = {f"{MAIN}.jsonl": history() + ending(), f"{FORK}.jsonl": fork(), **subagents()}
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(one, separators=(",", ":")) + "\n" for one in lines))
    (folder / f"{MAIN}/subagents/agent-a1f00d.meta.json").write_text('{"agentType":"Explore","description":"look"}')
    return folder / f"{MAIN}.jsonl"
