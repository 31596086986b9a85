"""PowerShell cmdlets and the builtins of cmd.exe. Rows and the readers that a row cannot say."""

from __future__ import annotations

from gateway.catalog.options import loose
from gateway.model.action import CONNECT, DELETE, READ, TREE, WRITE
from gateway.shell.programs.grammar import add_by_kind, parse_arguments
from gateway.shell.programs.rows import table
from gateway.shell.usage import (
    START_ARGV,
    STDIN_CODE,
    STDIN_DATA,
    STDIN_SENT,
    STDOUT_DATA,
    STDOUT_NAMES,
    STDOUT_NETWORK,
    STDOUT_NONE,
    STDOUT_UNKNOWN,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_CMDLETS = {
    "get-content": ("read", "data"),
    "select-string": ("text read", "data"),
    "import-csv": ("read", "data"),
    "get-filehash": ("read", ""),
    "get-childitem": ("list", "names"),
    "get-item": ("meta", ""),
    "test-path": ("meta", ""),
    "set-content": ("write", ""),
    "add-content": ("write", ""),
    "clear-content": ("write", ""),
    "out-file": ("write", ""),
    "tee-object": ("write", "data"),
    "export-csv": ("write", ""),
    "set-acl": ("change", ""),
    "new-item": ("create", ""),
    "invoke-item": ("read", ""),
    "set-itemproperty": ("text", ""),
    "expand-archive": ("read unpack", ""),
    "compress-archive": ("tree write", ""),
}
"""Cmdlet -> (kinds of its operands, what it prints)."""

_PARAMETERS = loose("get-content")


def _lowered(argv: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return arguments with their parameter names in lower case, and `-Path:x` split."""
    out: list[Value] = []
    for value in argv:
        if value.text.startswith("-") and len(value.text) > 1:
            name, colon, rest = value.text.partition(":")
            out.append(Value(name.lower(), span=value.span))
            if colon and rest:
                out.append(Value(rest, sources=value.sources, span=value.span))
        else:
            out.append(value)
    return tuple(out)


def read_cmdlet(argv: tuple[Value, ...]) -> Usage:
    """Return the usage of a cmdlet about files."""
    kinds, stdout = _CMDLETS[argv[0].text.lower()]
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    effects: list[Effect] = []
    starts: list[Start] = []
    named = parsed.values("-path", "-literalpath", "-filepath")
    targets = parsed.values("-destinationpath", "-destination")
    values = [*named, *parsed.operands, *targets]
    slots = kinds.split()
    if named and slots[0] == "text":
        slots = slots[1:]
    for index, value in enumerate(values):
        for item in _listed(value):
            how = (TREE,) if parsed.has("-recurse", "-r") and slots[min(index, len(slots) - 1)] != "text" else ()
            add_by_kind(slots[min(index, len(slots) - 1)], item, effects, starts, how)
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=stdout)


def _listed(value: Value) -> list[Value]:
    return [
        Value(part.strip(), sources=value.sources, span=value.span) for part in value.text.split(",") if part.strip()
    ]


def read_remove(argv: tuple[Value, ...]) -> Usage:
    """`Remove-Item`."""
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    how = (DELETE, TREE) if any("-recurse".startswith(name) and len(name) > 1 for name in parsed.names) else (DELETE,)
    values = [item for value in (*parsed.values("-path", "-literalpath"), *parsed.operands) for item in _listed(value)]
    return Usage(effects=tuple(Effect(WRITE, value, how) for value in values), stdout=STDOUT_NONE)


def read_transfer(argv: tuple[Value, ...]) -> Usage:
    """`Copy-Item`, `Move-Item`, `Rename-Item`."""
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    values = [*parsed.values("-path", "-literalpath"), *parsed.operands, *parsed.values("-destination", "-newname")]
    how = (TREE,) if parsed.has("-recurse") else ()
    effects = [Effect(READ, value, how) for value in values[:1]]
    if not argv[0].text.lower().startswith("copy"):
        effects += [Effect(WRITE, value, (DELETE, "moved")) for value in values[:1]]
    effects += [Effect(WRITE, value, how) for value in values[1:2]]
    return Usage(effects=tuple(effects), stdout=STDOUT_NONE)


def read_web(argv: tuple[Value, ...]) -> Usage:
    """`Invoke-WebRequest`, `Invoke-RestMethod`, `Start-BitsTransfer`."""
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    urls = [*parsed.values("-uri", "-source"), *parsed.operands][:1]
    effects = [Effect(CONNECT, value) for value in urls]
    effects += [Effect(READ, value) for value in parsed.values("-infile")]
    saved = parsed.values("-outfile", "-destination")
    effects += [Effect(WRITE, value) for value in saved]
    return Usage(effects=tuple(effects), stdin=STDIN_SENT, stdout=STDOUT_NONE if saved else STDOUT_NETWORK)


def read_session(argv: tuple[Value, ...]) -> Usage:
    """`Invoke-Command`, `Enter-PSSession`: another machine, when one is named."""
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    effects = tuple(Effect(CONNECT, value) for value in parsed.values("-computername"))
    return Usage(effects=effects, stdin=STDIN_SENT, stdout=STDOUT_NETWORK if effects else STDOUT_DATA)


def read_start(argv: tuple[Value, ...]) -> Usage:
    """`Start-Process`."""
    parsed = parse_arguments(_lowered(argv), _PARAMETERS, words=True)
    program = (*parsed.values("-filepath"), *parsed.operands)
    words = [Value(word) for value in parsed.values("-argumentlist") for word in value.text.replace(",", " ").split()]
    starts = (Start(START_ARGV, argv=(program[0], *program[1:], *words)),) if program else ()
    return Usage(starts=starts, stdout=STDOUT_NONE)


def read_builtin(argv: tuple[Value, ...]) -> Usage:
    """`del`, `rd`, `copy`, `move`, `ren`, `type`, `dir`: options begin with a slash."""
    name = argv[0].text.lower()
    flags = {value.text.lower() for value in argv[1:] if value.text.startswith("/") and len(value.text) <= 3}
    files = [value for value in argv[1:] if not (value.text.startswith("/") and len(value.text) <= 3)]
    if name in ("del", "erase", "rd", "deltree"):
        how = (DELETE, TREE) if "/s" in flags else (DELETE,)
        return Usage(effects=tuple(Effect(WRITE, value, how) for value in files), stdout=STDOUT_NONE)
    if name in ("type", "more.com"):
        return Usage(effects=tuple(Effect(READ, value) for value in files), stdout=STDOUT_DATA)
    if name in ("copy", "xcopy", "robocopy"):
        effects = [Effect(READ, value, (TREE,) if name != "copy" else ()) for value in files[:1]]
        return Usage(
            effects=(*effects, *(Effect(WRITE, value, () if name == "copy" else ("unpack",)) for value in files[1:2])),
            stdout=STDOUT_NONE,
        )
    if name in ("move", "ren"):
        effects = [Effect(READ, value) for value in files[:1]] + [
            Effect(WRITE, value, (DELETE, "moved")) for value in files[:1]
        ]
        return Usage(effects=(*effects, *(Effect(WRITE, value) for value in files[1:2])), stdout=STDOUT_NONE)
    return Usage(effects=tuple(Effect(READ, value, ("list",)) for value in files), stdout=STDOUT_NAMES)


def read_fetcher(argv: tuple[Value, ...]) -> Usage:
    """`certutil -urlcache`, `bitsadmin /transfer`, `mshta`, `regsvr32`: programs that fetch, and some that run what
    they fetch.
    """
    urls = [value for value in argv[1:] if "://" in value.text]
    effects = [Effect(CONNECT, Value(value.text.partition("/i:")[2] or value.text, span=value.span)) for value in urls]
    runs = argv[0].text.lower().removesuffix(".exe") in ("mshta", "regsvr32", "rundll32")
    starts: tuple[Start, ...] = ()
    if runs and urls:
        starts = (Start("code", code=Value("\0", sources=(f"network:{urls[0].text}",)), language="script"),)
    return Usage(effects=tuple(effects), starts=starts, stdin="", stdout=STDOUT_NONE)


def read_cmd_line(argv: tuple[Value, ...]) -> Usage:
    """`cmd /c LINE`: the rest of the words is a line of cmd.exe's; its switches come first, `//c` in the shells that
    rewrite paths.
    """
    for index, value in enumerate(argv):
        if value.text.lower().lstrip("/") in ("c", "k", "r") and value.text.startswith("/"):
            line = " ".join(word.text for word in argv[index + 1 :])
            return Usage(
                starts=(Start("code", code=Value(line, span=value.span), language="cmd"),), stdout=STDOUT_UNKNOWN
            )
    return Usage(stdin=STDIN_CODE, stdin_language="cmd", stdout=STDOUT_UNKNOWN)


ROWS = table(
    """
write-output write-host write-error where-object foreach-object sort-object select-object ; text* ; data ; data
measure-object format-table format-list convertto-json convertfrom-json get-date ; text* ; data ; data
get-process get-service get-command get-location get-variable set-variable join-path ; text* ; data ; data
split-path out-null out-string get-member start-sleep get-help get-alias import-module ; text* ; data ; data
stop-process stop-service restart-service stop-computer restart-computer set-executionpolicy ; text* ;  ;
set-mppreference add-mppreference new-service set-service clear-recyclebin format-volume clear-disk ; text* ;  ;
remove-partition initialize-disk clear-eventlog clear-history remove-variable remove-itemproperty ; text* ;  ;
register-scheduledtask new-localuser add-localgroupmember disable-computerrestore ; text* ;  ;
reg regedit schtasks wmic net netsh bcdedit taskkill tasklist icacls takeown attrib vssadmin wevtutil format diskpart ; text* ;  ;
""",
    {
        " ".join(_CMDLETS): read_cmdlet,
        "remove-item": read_remove,
        "copy-item move-item rename-item": read_transfer,
        "invoke-webrequest invoke-restmethod start-bitstransfer": read_web,
        "start-process": read_start,
        "invoke-command enter-pssession new-pssession": read_session,
        "cmd": read_cmd_line,
        "del erase rd deltree copy xcopy robocopy move ren": read_builtin,
        "certutil bitsadmin mshta regsvr32 rundll32": read_fetcher,
    },
)
"""The table of this family."""
