"""curl, wget, HTTPie, aria2: which hosts they contact, what they send, where they put the answer. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CONNECT, READ, UNKNOWN, WRITE
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.usage import STDIN_IGNORED, STDIN_SENT, STDOUT_NETWORK, STDOUT_NONE, Effect, Usage
from gateway.shell.values import Value

_CURL = every("curl")


def read_curl(argv: tuple[Value, ...]) -> Usage:
    """`curl`."""
    parsed = parse_arguments(argv, _CURL)
    if parsed.has("--version", "-V", "--manual", "-M") and not parsed.operands:
        return Usage(stdout=STDOUT_NONE)
    effects, _ = option_effects(parsed, _CURL)
    effects += _forms(parsed) + _cookies(parsed)
    urls = [*parsed.operands, *parsed.values("--url")]
    for url in urls:
        effects += [Effect(READ, _bare(url, 7))] if url.text.lower().startswith("file://") else [Effect(CONNECT, url)]
    effects += [
        Effect(CONNECT, item) for value in parsed.values("--resolve", "--connect-to") for item in _diverted(value)
    ]
    if parsed.has("-K", "--config") and not urls:
        effects.append(Effect(CONNECT, Value(UNKNOWN)))
    folder = parsed.value("--output-dir")
    effects = [_moved(effect, folder) for effect in effects]
    named = parsed.has("-O", "--remote-name", "--remote-name-all", "-J")
    if named:
        effects += [Effect(WRITE, _named(url, folder)) for url in urls]
    saved = named or any(value.text != "-" for value in parsed.values("-o", "--output"))
    sends = any(value.text in ("@-", "-", ".") or "=@-" in value.text for value in parsed.values(*_SENDING))
    return Usage(
        effects=tuple(effects),
        stdin=STDIN_SENT if sends else STDIN_IGNORED,
        stdout=STDOUT_NONE if saved else STDOUT_NETWORK,
    )


_SENDING = (
    "-d",
    "--data",
    "--data-binary",
    "--data-ascii",
    "--data-urlencode",
    "--json",
    "-F",
    "--form",
    "-T",
    "--upload-file",
    "-H",
    "--header",
)


def _bare(value: Value, cut: int) -> Value:
    return Value(value.text[cut:], sources=value.sources, span=value.span)


def _diverted(value: Value) -> list[Value]:
    """Return where `HOST:PORT:ADDRESS` and `HOST:PORT:HOST:PORT` make a request go instead."""
    parts = value.text.split(":", 2)
    target = parts[2].strip("[]") if len(parts) == 3 else ""
    return [Value(item, sources=value.sources, span=value.span) for item in target.split(",") if item.strip(":")]


def _moved(effect: Effect, folder: Value | None) -> Effect:
    if folder is None or effect.verb != WRITE or effect.value.text.startswith(("/", "~")):
        return effect
    return Effect(
        WRITE, Value(f"{folder.text}/{effect.value.text}", sources=effect.value.sources, span=effect.value.span)
    )


def _named(url: Value, folder: Value | None) -> Value:
    path = (url.text.partition("://")[2] or url.text).partition("?")[0].partition("#")[0]
    name = path.rpartition("/")[2] if "/" in path else ""
    return Value((folder.text + "/" if folder is not None else "") + (name or UNKNOWN))


def _forms(parsed: Parsed) -> list[Effect]:
    effects = []
    for value in parsed.values("-F", "--form", "--data-urlencode", "--variable"):
        _, equals, text = value.text.partition("=")
        name, at, file = value.text.partition("@")
        if equals and text[:1] in ("@", "<"):
            file = text[1:].partition(";")[0]
        elif not (at and "=" not in name and name):
            continue
        for item in file.split(","):
            if item.strip('"') not in ("-", ""):
                effects.append(Effect(READ, Value(item.strip('"'), sources=value.sources, span=value.span)))
    return effects


def _cookies(parsed: Parsed) -> list[Effect]:
    return [Effect(READ, value) for value in parsed.values("-b", "--cookie") if "=" not in value.text and value.text]


_WGET = every("wget")


def read_wget(argv: tuple[Value, ...]) -> Usage:
    """`wget`: by default the answer becomes a file in the folder."""
    parsed = parse_arguments(argv, _WGET)
    if parsed.has("--version", "-V"):
        return Usage(stdout=STDOUT_NONE)
    effects, starts = option_effects(parsed, _WGET)
    effects += [Effect(CONNECT, url) for url in parsed.operands]
    output = parsed.value("-O", "--output-document")
    if output is None and not parsed.has("--spider"):
        folder = parsed.value("-P", "--directory-prefix")
        effects += [Effect(WRITE, _named(url, folder)) for url in parsed.operands]
    for value in parsed.values("-e", "--execute"):
        name, _, text = value.text.partition("=")
        if name.strip().replace("-", "_") in ("use_askpass",):
            from gateway.shell.usage import START_ARGV, Start

            starts.append(Start(START_ARGV, argv=(Value(text.strip()),)))
    if parsed.has("-i", "--input-file"):
        effects.append(Effect(CONNECT, Value(UNKNOWN)))
    to_stdout = output is not None and output.text in ("-", "/dev/stdout")
    sends = any(value.text in ("-", "/dev/stdin") for value in parsed.values("--post-file", "--body-file"))
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_SENT if sends else STDIN_IGNORED,
        stdout=STDOUT_NETWORK if to_stdout else STDOUT_NONE,
    )


_METHODS = frozenset("GET POST PUT PATCH DELETE HEAD OPTIONS get post put patch delete head options".split())


def read_httpie(argv: tuple[Value, ...]) -> Usage:
    """HTTPie and xh: `[METHOD] URL [ITEM…]`; `name@file` and `name=@file` are files."""
    options = every("http")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    rest = [value for value in parsed.operands if value.text not in _METHODS]
    if rest:
        effects.append(Effect(CONNECT, rest[0]))
    for value in rest[1:]:
        for mark in (":=@", "=@", "@"):
            _, found, file = value.text.partition(mark)
            if found and file:
                effects.append(Effect(READ, Value(file.partition(";")[0], sources=value.sources, span=value.span)))
                break
    saved = parsed.has("-o", "--output", "-d", "--download")
    return Usage(effects=tuple(effects), stdin=STDIN_SENT, stdout=STDOUT_NONE if saved else STDOUT_NETWORK)


def read_aria(argv: tuple[Value, ...]) -> Usage:
    """`aria2c`: saves what it fetches; hooks run programs."""
    options = every("aria2c")
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    folder, name = parsed.value("-d", "--dir"), parsed.value("-o", "--out")
    for url in parsed.operands:
        effects.append(Effect(CONNECT, url))
        saved = (
            name
            if name is not None and folder is None
            else Value(f"{folder.text if folder else '.'}/{name.text}")
            if name is not None
            else _named(url, folder)
        )
        effects.append(Effect(WRITE, saved))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_NONE)
