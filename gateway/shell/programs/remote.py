"""ssh, scp, rsync, netcat, socat: other machines, what goes there and what comes back. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CONNECT, READ, TREE, WRITE
from gateway.shell.programs.grammar import Parsed, operand_effects, option_effects, parse_arguments
from gateway.shell.usage import (
    START_ARGV,
    START_SHELL,
    STDIN_DATA,
    STDIN_SENT,
    STDOUT_NETWORK,
    STDOUT_NONE,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_SSH = every("ssh")
_PROGRAMS = ("proxycommand", "localcommand", "knownhostscommand", "pkcs11provider", "permitlocalcommand")


def _named(value: Value, host: str) -> Value:
    return Value(host, sources=value.sources, span=value.span)


def _ssh_options(parsed: Parsed) -> list[Start]:
    """Return what `-o ProxyCommand=…` starts on this machine."""
    starts = []
    for value in parsed.values("-o"):
        name, _, line = value.text.replace("=", " ", 1).partition(" ")
        if name.lower() in _PROGRAMS[:4] and line.strip().lower() not in ("none", ""):
            starts.append(Start(START_SHELL, code=Value(line.strip(), sources=value.sources, span=value.span)))
    return starts


def read_ssh(argv: tuple[Value, ...]) -> Usage:
    """`ssh HOST LINE`: the line runs over there, but `-o ProxyCommand` runs here."""
    name = argv[0].text.rpartition("/")[2]
    if name == "sshpass":
        parsed = parse_arguments(argv, every(name), posix=True)
        effects, _ = option_effects(parsed, every(name))
        starts = (Start(START_ARGV, argv=tuple(parsed.operands)),) if parsed.operands else ()
        return Usage(how=("wrapper",), effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_NETWORK)
    first = parse_arguments(argv, _SSH, posix=True)
    if not first.operands:
        return Usage(starts=tuple(_ssh_options(first)), stdout=STDOUT_NONE)
    host, rest = first.operands[0], first.operands[1:]
    behind = parse_arguments((argv[0], *rest), _SSH, posix=True) if rest else None
    effects, _ = option_effects(first, _SSH)
    starts_list = _ssh_options(first)
    command = rest
    if behind is not None:
        more, _ = option_effects(behind, _SSH)
        effects += more
        starts_list += _ssh_options(behind)
        command = behind.operands
    target = host.text.partition("://")[2] or host.text
    effects.append(Effect(CONNECT, _named(host, target.rpartition("@")[2])))
    if command:
        sources = tuple(dict.fromkeys(source for value in command for source in value.sources))
        line = Value(" ".join(value.text for value in command), sources=sources, span=command[0].span)
        starts_list.append(Start(START_SHELL, code=line, remote=_elsewhere(host)))
    return Usage(effects=tuple(effects), starts=tuple(starts_list), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def _elsewhere(host: Value) -> bool:
    """Whether a host is another machine."""
    name = host.text.partition("://")[2] or host.text
    # - names of this machine
    plain = name.rpartition("@")[2].rstrip(".").lower()
    return plain not in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "0")  # noqa: S104


_SCP = every("scp")


def _place(value: Value) -> tuple[str, str]:
    """Return (host, path) of `user@host:path`, with an empty host for a path of this machine."""
    text = value.text
    if "://" in text:
        host, _, path = text.partition("://")[2].partition("/")
        return host.rpartition("@")[2], path
    host, colon, path = text.partition(":")
    if not colon or "/" in host:
        return "", text
    return host.rpartition("@")[2], path


def _copied(operands: list[Value], how: tuple[str, ...]) -> tuple[list[Effect], str]:
    effects: list[Effect] = []
    remote = [_place(value)[0] for value in operands]
    for value, host in zip(operands, remote, strict=True):
        if host:
            effects.append(Effect(CONNECT, _named(value, host)))
    if len(operands) > 1:
        effects += [Effect(READ, value, how) for value, host in zip(operands[:-1], remote, strict=False) if not host]
        if not remote[-1]:
            effects.append(Effect(WRITE, operands[-1], how))
    elif operands and not remote[0]:
        effects.append(Effect(READ, operands[0], ("list",)))
    return effects, STDOUT_NONE


def read_scp(argv: tuple[Value, ...]) -> Usage:
    """`scp`."""
    parsed = parse_arguments(argv, _SCP)
    effects, starts = option_effects(parsed, _SCP)
    found, stdout = _copied(parsed.operands, (TREE,) if parsed.has("-r") else ())
    return Usage(effects=(*effects, *found), starts=(*starts, *_ssh_options(parsed)), stdout=stdout)


def read_sftp(argv: tuple[Value, ...]) -> Usage:
    """`sftp`: a batch of its own commands, or standard input."""
    options = every("sftp")
    parsed = parse_arguments(argv, options, posix=True)
    effects, starts = option_effects(parsed, options)
    if parsed.operands:
        effects.append(
            Effect(
                CONNECT,
                _named(parsed.operands[0], _place(parsed.operands[0])[0] or parsed.operands[0].text.rpartition("@")[2]),
            )
        )
    # sftp(1): `sftp HOST:FILE LOCAL` fetches a file and ends
    effects += [Effect("write", value) for value in parsed.operands[1:2]]
    return Usage(
        effects=tuple(effects), starts=(*starts, *_ssh_options(parsed)), stdin=STDIN_SENT, stdout=STDOUT_NETWORK
    )


_RSYNC = every("rsync")


def read_rsync(argv: tuple[Value, ...]) -> Usage:
    """`rsync`: `-e` is a command line on this machine."""
    parsed = parse_arguments(argv, _RSYNC)
    effects, starts = option_effects(parsed, _RSYNC)
    starts = [
        start
        for start in starts
        if start.code is None
        or not start.code.text.startswith("ssh")
        or ";" in start.code.text
        or "-o" in start.code.text
    ]
    plain = all("." in value.text.rstrip("/").rpartition("/")[2][1:] for value in parsed.operands[:-1])
    how = () if plain and not parsed.has("-r", "-a", "--recursive", "--archive") else (TREE,)
    found, stdout = _copied(parsed.operands, how)
    if (
        parsed.has("--delete", "--delete-before", "--delete-after", "--delete-during", "--delete-excluded")
        and parsed.operands
        and not _place(parsed.operands[-1])[0]
    ):
        found.append(Effect(WRITE, parsed.operands[-1], ("delete", TREE)))
    if parsed.has("--remove-source-files"):
        found += [Effect(WRITE, value, ("delete", *how)) for value in parsed.operands[:-1] if not _place(value)[0]]
    return Usage(effects=(*effects, *found), starts=tuple(starts), stdout=stdout)


_NETCAT = every("nc")


_RECORDS = frozenset("a aaaa any axfr caa cname dnskey ds in ch hs mx ns ptr soa spf srv txt".split())


def read_dig(argv: tuple[Value, ...]) -> Usage:
    """`dig` and `drill`: names to look up, the server to ask, and words about records."""
    options = every("dig")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    for value in parsed.operands:
        if value.text.lower() not in _RECORDS and not value.text.startswith("+"):
            effects.append(Effect(CONNECT, Value(value.text.removeprefix("@"), sources=value.sources, span=value.span)))
    return Usage(effects=tuple(effects), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def read_netcat(argv: tuple[Value, ...]) -> Usage:
    """`nc`: sends what comes in, prints what is sent; `-e` gives the other side a program."""
    parsed = parse_arguments(argv, _NETCAT)
    effects, starts = option_effects(parsed, _NETCAT)
    listens = parsed.has("-l", "--listen")
    if not listens:
        found, _ = operand_effects(parsed.operands, "host text*")
        if len(parsed.operands) > 1 and found:
            port = parsed.operands[1].text
            found = [
                Effect(
                    CONNECT,
                    _named(
                        parsed.operands[0],
                        f"{parsed.operands[0].text}:{port}" if port.isdigit() else parsed.operands[0].text,
                    ),
                )
            ]
        effects += found
    elif starts:
        effects.append(Effect(CONNECT, Value("0.0.0.0")))  # noqa: S104 - whoever connects is given a program
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def read_socat(argv: tuple[Value, ...]) -> Usage:
    """`socat A B`: each address a file, a host or a program; what one gives goes to the other."""
    effects: list[Effect] = []
    starts: list[Start] = []
    parsed = parse_arguments(argv, every("socat"))
    for value in parsed.operands:
        for side in value.text.split("!!"):
            kind, _, rest = side.partition(":")
            _socat_address(kind.lower(), _named(value, rest.partition(",")[0]), effects, starts)
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def _socat_address(kind: str, rest: Value, effects: list[Effect], starts: list[Start]) -> None:
    if kind in ("exec", "system", "shell"):
        starts.append(Start(START_SHELL, code=rest))
    elif kind in ("open", "file", "gopen", "pipe", "create"):
        effects += [Effect(READ, rest), Effect(WRITE, rest)] if kind != "create" else [Effect(WRITE, rest)]
    elif "listen" in kind or kind.endswith("-l"):
        return
    elif kind.startswith(("tcp", "udp", "ssl", "openssl", "sctp", "socks", "proxy", "ip")) and rest.text:
        effects.append(Effect(CONNECT, rest))
