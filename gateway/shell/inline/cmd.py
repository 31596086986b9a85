"""cmd.exe: lines split at `&`, `&&`, `|` and `||` into commands, `^` and quotes resolved, redirections kept. Pure."""

from __future__ import annotations

from gateway.model.action import READ, UNKNOWN, WRITE
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDOUT_UNKNOWN, Effect, Start, Usage
from gateway.shell.values import Value

_PREFIXES = frozenset(("call", "start", "cmd", "@echo"))
_ALONE = frozenset("echo set cd chdir exit pause cls rem title if for goto setlocal endlocal ver vol shift".split())
_RENAMED = {"rmdir": "rd", "rename": "ren", "md": "mkdir"}


def read_cmd(code: str) -> Usage:
    """Return what a cmd.exe line would do."""
    effects: list[Effect] = []
    starts: list[Start] = []
    for words in _commands(code):
        rest = _redirected(words, effects)
        while rest and (rest[0].lower().lstrip("@") in _PREFIXES or rest[0].lower() in ("/c", "/k", "/b", "/wait")):
            rest = rest[1:]
        if not rest or rest[0].lower().lstrip("@") in _ALONE:
            continue
        name = rest[0].lstrip("@(")
        starts.append(Start(START_ARGV, argv=tuple(Value(_known(word)) for word in (_RENAMED.get(name.lower(), name), *rest[1:]))))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN)


def _known(word: str) -> str:
    """Return a word with its variables unknown, but for the home folder."""
    lowered = word.lower()
    if lowered.startswith("%userprofile%"):
        word = "~" + word[len("%userprofile%") :].replace("\\", "/")
    parts = word.split("%")
    return UNKNOWN.join(parts[::2]) if len(parts) > 2 else word


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
