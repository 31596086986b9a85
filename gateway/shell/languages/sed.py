"""sed scripts: the commands that read, write and run (`e`, `r`, `R`, `w`, `W`, `s///e`, `s///w`). Pure; GNU sed's
manual, section 3.
"""

from __future__ import annotations

from gateway.model.action import READ, WRITE
from gateway.shell.usage import START_SHELL, STDIN_DATA, STDOUT_DATA, Effect, Start, Usage
from gateway.shell.values import Value

_TEXTS = "aic"
_LABELS = "btT:"


def read_sed_script(code: str) -> Usage:
    """Return what a sed script would do; one that cannot be read is opaque."""
    effects: list[Effect] = []
    starts: list[Start] = []
    runs_pattern = False
    at = 0
    try:
        while at < len(code):
            at = _address(code, at)
            if at >= len(code):
                break
            char = code[at]
            at += 1
            if char in "s":
                at, flags, file = _substitution(code, at)
                runs_pattern = runs_pattern or "e" in flags
                if file:
                    _touch(effects, WRITE, file)
            elif char == "y":
                at, _ = _delimited(code, at, 2)
            elif char in "rRwW":
                name, at = _rest(code, at)
                _touch(effects, READ if char in "rR" else WRITE, name)
            elif char == "e":
                line, at = _rest(code, at)
                runs_pattern = runs_pattern or not line
                if line:
                    starts.append(Start(START_SHELL, code=Value(line)))
            elif char in _TEXTS:
                _, at = _text(code, at)
            elif char in _LABELS:
                at = _label(code, at)
    except IndexError:
        return Usage(opaque="a sed script that could not be parsed", stdin=STDIN_DATA, stdout=STDOUT_DATA)
    why = "it runs the lines it is given" if runs_pattern else ""
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA, opaque=why)


def _touch(effects: list[Effect], verb: str, name: str) -> None:
    if name and name not in ("/dev/stdout", "/dev/stderr", "/dev/stdin"):
        effects.append(Effect(verb, Value(name)))


def _address(code: str, at: int) -> int:
    """Return the place of the command behind blanks, addresses and `!`."""
    while at < len(code):
        char = code[at]
        if char in " \t\n;,!{}~+-$IM" or char.isdigit():
            at += 1
        elif char == "/":
            at, _ = _delimited(code, at, 1)
        elif char == "\\":
            at, _ = _delimited(code, at + 1, 1)
        elif char == "#":
            end = code.find("\n", at)
            at = len(code) if end < 0 else end
        else:
            return at
    return at


def _delimited(code: str, at: int, parts: int) -> tuple[int, list[str]]:
    """Return (place behind, parts) of text between delimiters. Raises IndexError when it does not end."""
    mark = code[at]
    at += 1
    found = []
    for _ in range(parts):
        start = at
        bracket = False
        while code[at] != mark or bracket:
            if code[at] == "\\":
                at += 1
            elif code[at] == "[" and not bracket and parts and "]" in code[at + 2 :]:
                bracket = mark not in code[at : code.find("]", at + 2)]
            elif code[at] == "]":
                bracket = False
            at += 1
        found.append(code[start:at])
        at += 1
    return at, found


def _substitution(code: str, at: int) -> tuple[int, str, str]:
    """Return (place behind, flags, file that `w` names)."""
    at, _ = _delimited(code, at, 2)
    start = at
    while at < len(code) and code[at] in "gpiImMe0123456789":
        at += 1
    flags = code[start:at]
    if at < len(code) and code[at] == "w":
        name, at = _rest(code, at + 1)
        return at, flags, name
    return at, flags, ""


def _rest(code: str, at: int) -> tuple[str, int]:
    end = code.find("\n", at)
    end = len(code) if end < 0 else end
    return code[at:end].strip(), end


def _text(code: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(code) and not (code[end] == "\n" and code[end - 1] != "\\"):
        end += 1
    return code[at:end], end


def _label(code: str, at: int) -> int:
    while at < len(code) and code[at] not in "\n;}":
        at += 1
    return at
