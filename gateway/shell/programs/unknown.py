"""Programs in no table: their arguments are read by what they look like. Pure."""

from __future__ import annotations

from gateway.model.action import CONNECT, READ, UNKNOWN
from gateway.shell.usage import STDIN_DATA, STDOUT_UNKNOWN, Effect, Usage
from gateway.shell.values import Value

_ENDINGS = frozenset(
    "txt md json yaml yml toml ini cfg conf env pem key crt cer p12 pfx py js ts tsx jsx go rs c h cc cpp hpp java kt rb php pl sh bash zsh sql csv tsv log xml"
    " html css lock db sqlite tar gz zip bz2 xz 7z pdf png jpg svg ipynb tf tfvars tfstate gradle properties proto graphql vue svelte lua r jl ex exs hs ml".split()
)


def unknown_program(argv: tuple[Value, ...]) -> Usage:
    """Return what can be told of a program that no table knows: URLs are contacted, what looks like a file is read."""
    effects: list[Effect] = []
    for word in argv[1:]:
        value, text = word, word.text
        if text.startswith("-"):
            _, equals, text = text.partition("=")
            if not equals:
                continue
            value = Value(text, sources=word.sources, span=word.span)
        if "://" in text:
            if not text.lower().startswith("file:"):
                effects.append(Effect(CONNECT, value))
                continue
            effects.append(Effect(READ, value))
        elif looks_like_file(text):
            effects.append(Effect(READ, value))
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN, known=False)


def looks_like_file(text: str) -> bool:
    """Whether a word is written like a path or a file's name."""
    if not text or any(char in text for char in " \n\t=()") or text.strip(UNKNOWN) == "":
        return False
    if text.startswith(("/", "~/", "./", "../", ".")) and text not in (".", "..", "..."):
        return not text.replace(".", "").isdigit()
    name = text.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if dot and stem and ending.lower() in _ENDINGS:
        return True
    return "/" in text and "@" not in text and ":" not in text and not text.endswith("/...")
