"""psql, mysql, sqlite3 and their dumps: hosts, files, and the meta-commands that leave the database. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CONNECT, READ, WRITE
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.usage import (
    START_CODE,
    STDIN_CODE,
    STDIN_DATA,
    STDIN_SENT,
    STDOUT_DATA,
    STDOUT_NETWORK,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_PSQL = every("psql")
_MYSQL = every("mysql")
_SQLITE = every("sqlite3")


def _hosts(parsed: Parsed) -> list[Effect]:
    """Return the machine a client connects to; without one it is this machine."""
    hosts = [Effect(CONNECT, value) for value in parsed.values("-h", "--host") if not value.text.startswith("/")]
    hosts += [
        Effect(CONNECT, value) for value in [*parsed.operands, *parsed.values("-d", "--dbname")] if "://" in value.text
    ]
    return hosts


def read_client(argv: tuple[Value, ...]) -> Usage:
    """`psql` and `mysql`."""
    options = _PSQL if argv[0].text.endswith("psql") else _MYSQL
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    language = "psql" if options is _PSQL else "mysql"
    given = bool(starts) or any(value.text != "-" for value in parsed.values("-f", "--file"))
    return Usage(
        effects=(*effects, *_hosts(parsed)),
        starts=tuple(starts),
        stdin=STDIN_SENT if given else STDIN_CODE,
        stdin_language=language,
        stdout=STDOUT_NETWORK,
    )


def read_dump(argv: tuple[Value, ...]) -> Usage:
    """`pg_dump`, `mysqldump`: a database becomes text or a file."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    if "restore" in argv[0].text:
        effects += [Effect(READ, value) for value in parsed.operands]
    return Usage(effects=(*effects, *_hosts(parsed)), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def read_sqlite(argv: tuple[Value, ...]) -> Usage:
    """`sqlite3 FILE SQL`: dot commands read, write and run."""
    parsed = parse_arguments(argv, _SQLITE, words=True)
    effects, starts = option_effects(parsed, _SQLITE)
    if parsed.operands and parsed.operands[0].text not in (":memory:", ""):
        effects += [Effect(READ, parsed.operands[0]), Effect(WRITE, parsed.operands[0])]
    starts += [Start(START_CODE, code=value, language="sqlite") for value in parsed.operands[1:]]
    given = bool(starts)
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA if given else STDIN_CODE,
        stdin_language="sqlite",
        stdout=STDOUT_DATA,
    )
