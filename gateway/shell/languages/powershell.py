"""PowerShell: statements and pipelines split into commands, aliases resolved, `iex` and what flows into it followed.
Pure.
"""

from __future__ import annotations

from gateway.model.action import DELETE, FROM_NETWORK, READ, UNKNOWN, WRITE
from gateway.shell.usage import START_ARGV, START_CODE, STDIN_DATA, STDOUT_UNKNOWN, Effect, Start, Usage
from gateway.shell.values import Value

_ALIASES = {
    alias: name
    for name, aliases in {
        "Remove-Item": "rm del erase ri rd rmdir",
        "Get-Content": "cat gc type",
        "Get-ChildItem": "ls dir gci",
        "Copy-Item": "cp copy cpi",
        "Move-Item": "mv move mi",
        "Rename-Item": "ren rni",
        "Set-Content": "sc",
        "Add-Content": "ac",
        "New-Item": "ni",
        "Select-String": "sls",
        "Invoke-WebRequest": "iwr wget curl",
        "Invoke-RestMethod": "irm",
        "Invoke-Expression": "iex",
        "Start-Process": "saps start",
        "Stop-Process": "kill spps",
        "Write-Output": "echo write",
        "Invoke-Command": "icm",
        "ForEach-Object": "foreach %",
        "Where-Object": "where ?",
        "Set-Location": "cd sl chdir",
        "Tee-Object": "tee",
    }.items()
    for alias in aliases.split()
}
_FETCHES = ("invoke-webrequest", "invoke-restmethod")
_FETCHING = ("downloadstring", "downloaddata", "downloadfile", "openread")
_KEYWORDS = frozenset(
    "if else elseif while for foreach-object try catch finally return function param switch do until throw begin process end".split()
)
_HOLDERS = "{}()@"


def read_encoded_powershell(code: str) -> Usage:
    """Return what PowerShell code would do that is base64 of UTF-16, as `-EncodedCommand` takes it
    (about_PowerShell_exe).
    """
    import binascii

    try:
        plain = binascii.a2b_base64(code).decode("utf-16-le")
    except ValueError:
        return Usage(opaque="an encoded command that cannot be decoded")
    return read_powershell(plain)


def read_powershell(code: str) -> Usage:
    """Return what PowerShell code would do."""
    starts: list[Start] = []
    effects: list[Effect] = []
    opaque = static = ""
    sources: tuple[str, ...] = ()
    for written, piped in _commands(code):
        if not piped:
            sources = ()
        words = _stripped(written)
        if written[-1].startswith("[") and "::" in written[-1]:
            static = written[-1].rpartition("::")[2].lower()
            continue
        if not words or static:
            opaque = opaque or _static(static, written, starts, effects)
            static = ""
            continue
        if words[0].startswith(("$", "&", "+")) or words[0] == UNKNOWN:
            opaque = opaque or "it calls something by a name that is only known when it runs"
        name = _ALIASES.get(words[0].lower(), words[0])
        lowered = name.lower()
        if lowered == "set-location":
            continue
        if lowered == "invoke-expression":
            starts.append(_expression(words[1:], sources))
            continue
        network = _network(words)
        starts.append(
            Start(START_ARGV, argv=tuple(Value(_known(word), sources=sources) for word in (name, *words[1:])))
        )
        sources = (*sources, *network)
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN, opaque=opaque)


_STATIC = {
    **dict.fromkeys("readalltext readallbytes readalllines openread opentext readlines".split(), (READ, ())),
    **dict.fromkeys(
        "writealltext writeallbytes writealllines appendalltext openwrite create createtext copy move".split(),
        (WRITE, ()),
    ),
    "delete": (WRITE, (DELETE,)),
}
"""Methods of `[IO.File]` and `[IO.Directory]` -> what they do with their first argument."""
_HIDING = frozenset(
    "load loadfile loadfrom getmethod invoke invokemember getdelegateforfunctionpointer createinstance expandstring create".split()
)


def _static(method: str, words: list[str], starts: list[Start], effects: list[Effect]) -> str:
    """Do what `[Type]::Method(words)` does; return why it cannot be seen inside, or ""."""
    first = words[0].strip(",") if words else ""
    if method == "start" and first:
        starts.append(Start(START_ARGV, argv=tuple(Value(_known(word.strip(","))) for word in words)))
    elif method in _STATIC and first:
        verb, how = _STATIC[method]
        effects.append(Effect(verb, Value(_known(first.partition(",")[0])), how))
    return f"`{method}`" if method in _HIDING and method not in _STATIC else ""


def _known(word: str) -> str:
    """Return a word with its variables unknown, but for the home folder."""
    lowered = word.lower()
    for home in ("$env:userprofile", "$env:home", "$home"):
        if lowered.startswith(home):
            word = "~" + word[len(home) :].replace("\\", "/")
    parts = word.split("$")
    return parts[0] + "".join(UNKNOWN + part.lstrip("_:").lstrip(_NAME) for part in parts[1:])


_NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:?"


def _expression(words: list[str], sources: tuple[str, ...]) -> Start:
    text = " ".join(words)
    sources = (*sources, *_network(words))
    code = text if text and not any(mark in text for mark in "$(") and not sources else UNKNOWN
    return Start(START_CODE, code=Value(code, sources=sources), language="powershell")


def _network(words: list[str]) -> tuple[str, ...]:
    text = " ".join(words).lower()
    first = _ALIASES.get(words[0].lower(), words[0]).lower() if words else ""
    fetches = (
        first in _FETCHES
        or any(name in text for name in (*_FETCHING, *_FETCHES))
        or any(f"{alias} http" in text for alias in ("iwr", "irm", "curl", "wget"))
    )
    return (f"{FROM_NETWORK}:{_host(text)}",) if fetches else ()


def _host(text: str) -> str:
    at = text.find("://")
    return text[at + 3 :].partition("/")[0].strip("'\")") if at >= 0 else "…"


def _stripped(words: list[str]) -> list[str]:
    """Return a command's words without the call operator, an assignment before it, and keywords."""
    while len(words) > 1 and words[0] in ("&", "."):
        words = words[1:]
    while words and (words[0] == "&" or words[0].lower() in _KEYWORDS):
        words = words[1:]
    if len(words) > 2 and words[0].startswith("$") and words[1] in ("=", "+="):
        words = words[2:]
    if words and words[0].startswith(("$", "'", "[")) and not words[0].lower().startswith("$env:") and len(words) == 1:
        return [] if not any(name in words[0].lower() for name in _FETCHING) else ["Invoke-WebRequest", words[0]]
    return words


def _commands(code: str) -> list[tuple[list[str], bool]]:
    """Return (words, whether the command before is piped into it) of every command."""
    commands: list[tuple[list[str], bool]] = []
    words: list[str] = []
    word = ""
    quoted = False
    piped = False
    at = 0
    while at < len(code):
        char = code[at]
        at += 1
        if char == "`" and at < len(code):
            word += code[at] if code[at] != "\n" else ""
            at += 1
        elif char in "'\"":
            piece, at = _string(code, at, char)
            word += piece
            quoted = True
        elif char == "#" and not word:
            end = code.find("\n", at)
            at = len(code) if end < 0 else end
        elif char in " \t" or char in ";|\n&" or char in _HOLDERS:
            if word or quoted:
                words.append(word)
            word, quoted = "", False
            if char == "&" and code[at : at + 1] != "&" and not words:
                words.append("&")
            elif char in ";|\n&{}()":
                if words == ["&"] and char == "(":
                    words = ["&", UNKNOWN]
                commands.append((words, piped))
                piped = char == "|" and code[at : at + 1] != "|"
                words = []
                at += code[at : at + 1] in ("|", "&") and char in "|&"
        else:
            word += char
    if word or quoted:
        words.append(word)
    commands.append((words, piped))
    return [(found, pipe) for found, pipe in commands if found]


def _string(code: str, at: int, quote: str) -> tuple[str, int]:
    out = ""
    while at < len(code):
        char = code[at]
        at += 1
        if char == quote:
            if code[at : at + 1] == quote:
                out += quote
                at += 1
                continue
            break
        if char == "`" and quote == '"' and at < len(code):
            char = code[at]
            at += 1
        out += char
    return out, at
