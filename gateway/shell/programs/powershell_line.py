"""The command line of PowerShell as it reads it: parameters in any case and cut short, a command that is all that
follows.

`about_Pwsh` and `about_PowerShell_exe` of its manual; CommandLineParameterParser.cs for how far a parameter may be cut
short.
"""

from __future__ import annotations

from gateway.shell.values import Value

_COMMAND, _FILE = "-Command", "-File"

_PARAMETERS = (
    ("command", "c", _COMMAND),
    ("commandwithargs", "commandwithargs", _COMMAND),
    ("cwa", "cwa", _COMMAND),
    ("file", "f", _FILE),
    ("encodedcommand", "e", "-EncodedCommand"),
    ("ec", "ec", "-EncodedCommand"),
    ("executionpolicy", "ex", "-ExecutionPolicy"),
    ("ep", "ep", "-ExecutionPolicy"),
    ("windowstyle", "w", "-WindowStyle"),
    ("workingdirectory", "wo", "-WorkingDirectory"),
    ("wd", "wd", "-WorkingDirectory"),
    ("version", "v", "-Version"),
    ("configurationname", "config", "-ConfigurationName"),
)
"""(name, the least of it, the name by which its card has it)."""

_NO_VALUE = ("-Version",)
"""What takes a value in Windows PowerShell only: without one it shows the version."""


def as_read(argv: tuple[Value, ...], *, runs_words: bool) -> tuple[Value, ...]:
    """Return the words with parameters under their own names and a command in one word, as PowerShell puts it together;
    no script's own arguments.

    runs_words  words that no parameter comes before are a command (`powershell.exe`), not a file (`pwsh`)
    """
    out = [argv[0]]
    rest = list(argv[1:])
    while rest:
        value = rest.pop(0)
        name = _parameter(value.text)
        if name == _COMMAND and rest:
            return (*out, *_command(rest))
        if not name and not _is_switch(value.text):
            return (*out, *(_command([value, *rest]) if runs_words else (value,)))
        out.append(Value(name, span=value.span) if name else value)
        if name == _FILE:
            return (*out, *rest[:1])
        if name and rest and not (name in _NO_VALUE and rest[0].text[:1] == "-"):
            out.append(rest.pop(0))
    return tuple(out)


def _is_switch(text: str) -> bool:
    return text[:1] == "-" and len(text) > 1


def _parameter(text: str) -> str:
    """Return the name of a parameter with a value, however it is written; "" for a switch and for anything else."""
    word = text[2:] if text[:2] == "--" else text[1:] if text[:1] in ("-", "/") else ""
    word = word.lower()
    # Where several begin so, the first in the parser's order; `e` alone is the encoded command.
    return next(
        (card for name, least, card in _PARAMETERS if word and name.startswith(word) and word.startswith(least)), ""
    )


def _command(words: list[Value]) -> tuple[Value, ...]:
    """Return the option and the code that words come to; nothing for `-`, which is standard input."""
    if words[0].text == "-":
        return ()
    sources = tuple(dict.fromkeys(source for word in words for source in word.sources))
    code = Value(" ".join(word.text for word in words), sources=sources, span=words[0].span)
    return Value(_COMMAND, span=words[0].span), code if len(words) > 1 else words[0]
