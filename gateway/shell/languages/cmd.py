"""cmd.exe: lines split at `&`, `&&`, `|` and `||` into commands, `^` and quotes resolved, redirections kept. Pure."""

from __future__ import annotations

from gateway.model.action import READ, UNKNOWN, WRITE
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDOUT_UNKNOWN, Effect, Start, Usage
from gateway.shell.values import Value

_PREFIXES = frozenset(("call", "start", "cmd", "@echo", "do", "else"))
_ALONE = frozenset("echo set cd chdir exit pause cls rem title for goto setlocal endlocal ver vol shift".split())
_RENAMED = {"rmdir": "rd", "rename": "ren", "md": "mkdir", "type": "Get-Content"}


def read_cmd(code: str) -> Usage:
    """Return what a cmd.exe line would do."""
    effects: list[Effect] = []
    starts: list[Start] = []
    listing = False
    for words in _commands(code):
        rest = _redirected(words, effects)
        if listing and rest[:1] != ["do"]:
            continue
        listing = bool(rest) and rest[0].lower().lstrip("@") == "for" and "do" not in rest
        rest = _behind_condition(rest)
        while rest and (rest[0].lower().lstrip("@") in _PREFIXES or rest[0].lower() in ("/c", "/k", "/b", "/wait")):
            rest = rest[1:]
        if not rest or rest[0].lower().lstrip("@") in _ALONE:
            continue
        name = rest[0].lstrip("@(")
        starts.append(
            Start(START_ARGV, argv=tuple(Value(_known(word)) for word in (_RENAMED.get(name.lower(), name), *rest[1:])))
        )
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN)


def _behind_condition(words: list[str]) -> list[str]:
    """Return the words of the command behind `if`: its condition is one word, or two behind `exist`, `defined` and
    their like.
    """
    while words and words[0].lower().lstrip("@(") == "if":
        words = words[1:]
        while words and words[0].lower() in ("/i", "not"):
            words = words[1:]
        words = (
            words[2:]
            if words and words[0].lower() in ("exist", "defined", "errorlevel", "cmdextversion")
            else words[1:]
        )
        if words and words[0].lower() in ("==", "equ", "neq", "lss", "leq", "gtr", "geq"):
            words = words[2:]
    return words


def _known(word: str) -> str:
    """Return a word with its variables unknown, but for the home folder."""
    lowered = word.lower()
    if lowered.startswith("%userprofile%"):
        word = "~" + word[len("%userprofile%") :].replace("\\", "/")
    parts = word.split("%")
    return UNKNOWN.join(parts[::2]) if len(parts) > 2 else parts[0] + UNKNOWN if len(parts) == 2 else word


def _redirected(words: list[str], effects: list[Effect]) -> list[str]:
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in (">", ">>", "<") and at < len(words):
            if words[at].lower() != "nul":
                effects.append(Effect(READ if word == "<" else WRITE, Value(_known(words[at]))))
            at += 1
        else:
            rest.append(word)
    return rest


def _commands(code: str) -> list[list[str]]:
    """Return the words of every command of a line."""
    commands: list[list[str]] = [[]]
    word = ""
    quoted = False
    at = 0
    while at <= len(code):
        char = code[at] if at < len(code) else "\n"
        at += 1
        if char == '"':
            quoted = not quoted
        elif char == "^" and not quoted and at < len(code):
            word += code[at]
            at += 1
        elif quoted and char != "\n":
            word += char
        elif char in " \t&|\n<>()":
            if word:
                commands[-1].append(word)
            word = ""
            if char in "<>":
                if code[at : at + 1] == ">":
                    at += 1
                    char = ">>"
                commands[-1].append(char)
            elif char in "&|\n()":
                commands.append([])
        else:
            word += char
    return [words for words in commands if words]
