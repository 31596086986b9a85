"""Options of the gateway's own command. See the package for how a specification is written. Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "agent-strace": "--trace-dir=text --color=text",
    "agent-strace exec": "-h/--help",
    "agent-strace record": "--name=text --policy=read --deny-style=text",
    "agent-strace record-http": "--port=text --host=text --token-env=text --allow-host=text --name=text --policy=read --deny-style=text",
    "agent-strace export": "--format=text -o=write --output=write --endpoint=url --header=text --service-name=text --protocol=text",
    "agent-strace share": "-o=write --output=write",
    "agent-strace dashboard": "--last=text --since=text --agent=text --html=write",
    "agent-strace policy": "--last=text --since=text --agent=text -o=write --output=write --policy=read --fail-on=text --format=text",
    "agent-strace import": "--format=text --policy=read",
    "agent-strace audit": (
        "--last=text --since=text --agent=text --policy=read --format=text -o=write --output=write --baseline=read --write-baseline=write"
    ),
    "agent-strace replay": "--filter=text --speed=text --limit=text --from=text --policy=read",
    "agent-strace diff": "--eval-config=read",
    "agent-strace annotate": "--note=text --label=text --delete=text",
    "agent-strace watch": (
        "--max-context-pct=text --max-cost=text --max-tokens=text --max-calls=text --max-retries=text --max-errors=text"
        " --max-files=text --max-duration=text --loop=text --rules=read --config=read --on-violation=text --alert-file=write"
        " --webhook=url --max-idle=text"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "agent-strace": "--last=text --since=text --agent=text",
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
