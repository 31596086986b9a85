"""Programs whose output can be told exactly (`echo`, `printf`) or whose operands are not plain files (`test`, `jq`).
Pure.
"""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import META, READ, UNKNOWN
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.usage import STDIN_DATA, STDOUT_DATA, STDOUT_KNOWN, Effect, Usage
from gateway.shell.values import Value

_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "e": "\033",
    "E": "\033",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
}
_OCTAL = "01234567"
_HEXADECIMAL = "0123456789abcdefABCDEF"
MAX_PRINTED = 65_536


def read_echo(argv: tuple[Value, ...]) -> Usage:
    """`echo`: its words, with `-e` their escapes."""
    rest = list(argv[1:])
    newline, escapes = "\n", False
    while rest and len(rest[0].text) > 1 and rest[0].text[0] == "-" and not rest[0].text[1:].strip("neE"):
        option = rest.pop(0).text
        newline = "" if "n" in option else newline
        escapes = ("e" in option) or (escapes and "E" not in option)
    text = " ".join(value.text for value in rest)
    if escapes:
        text, cut = unescaped(text, zero=True)
        newline = "" if cut else newline
    elif "\\" in text and not escapes:
        text = _either(text)
    return _printed(text + newline, argv)


def _either(text: str) -> str:
    """Return a text with a backslash as it is where every shell prints it alike; some resolve escapes unasked."""
    return (
        UNKNOWN
        if any(mark in text for mark in ("\\n", "\\t", "\\x", "\\0", "\\c", "\\r", "\\v", "\\f", "\\a", "\\b", "\\e"))
        else text
    )


def _printed(text: str, argv: tuple[Value, ...]) -> Usage:
    sources = tuple(dict.fromkeys(source for value in argv for source in value.sources))
    glob = any(value.glob for value in argv)
    return Usage(stdout=STDOUT_KNOWN, output=Value(UNKNOWN if glob else text, sources=sources))


def unescaped(text: str, *, zero: bool) -> tuple[str, bool]:
    """Return (text with its backslash escapes resolved, whether `\\c` cut it short).

    zero  octal numbers are written with a leading 0 (`echo -e`, `%b`), rather than without (a printf format)
    """
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char != "\\" or at >= len(text):
            out.append(char)
            continue
        char = text[at]
        if char == "c":
            return "".join(out), True
        if char in _ESCAPES:
            out.append(_ESCAPES[char])
            at += 1
            continue
        piece, at = _number(text, at, zero)
        out.append(piece)
    return "".join(out), False


def _number(text: str, at: int, zero: bool) -> tuple[str, int]:
    char = text[at]
    if char in _OCTAL:
        start = at + 1 if zero and char == "0" else at
        end = start
        while end < len(text) and end - start < 3 and text[end] in _OCTAL:
            end += 1
        return chr(int(text[start:end] or "0", 8) % 256), end
    width = {"x": 2, "u": 4, "U": 8}.get(char, 0)
    end = at + 1
    while end < len(text) and end - at - 1 < width and text[end] in _HEXADECIMAL:
        end += 1
    if end == at + 1:
        return "\\" + char, at + 1
    number = int(text[at + 1 : end], 16)
    return (chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"), end


def read_printf(argv: tuple[Value, ...]) -> Usage:
    """`printf`: its format, filled in as often as its arguments reach."""
    rest = list(argv[1:])
    stored = len(rest) > 1 and rest[0].text.startswith("-v")
    if stored:
        del rest[: 2 if rest[0].text == "-v" else 1]
    if rest and rest[0].text == "--":
        rest.pop(0)
    if not rest:
        return Usage(stdout="")
    arguments = [value.text for value in rest[1:]]
    out: list[str] = []
    while True:
        before = len(arguments)
        piece, stop = _filled(rest[0].text, arguments)
        out.append(piece)
        if stop or not arguments or len(arguments) == before or sum(map(len, out)) > MAX_PRINTED:
            break
    usage = _printed("".join(out), argv)
    return Usage(stdout="", output=usage.output) if stored else usage


def _filled(form: str, arguments: list[str]) -> tuple[str, bool]:
    """Return (one round of a format, whether output ends here); takes its arguments away."""
    out: list[str] = []
    at = 0
    while at < len(form):
        mark = form.find("%", at)
        piece, cut = unescaped(form[at : mark if mark >= 0 else len(form)], zero=False)
        out.append(piece)
        if cut or mark < 0:
            return "".join(out), cut
        if form[mark + 1 : mark + 2] == "%":
            out.append("%")
            at = mark + 2
            continue
        piece, at, cut = _conversion(form, mark, arguments)
        out.append(piece)
        if cut:
            return "".join(out), True
    return "".join(out), False


def _conversion(form: str, mark: int, arguments: list[str]) -> tuple[str, int, bool]:
    end = mark + 1
    while end < len(form) and form[end] in "-+ #0123456789.*'hlLjzt":
        end += 1
    flags, kind = form[mark + 1 : end], form[end : end + 1]
    if "*" in flags or kind == "(" or not kind:
        return UNKNOWN, len(form) if kind == "(" else end + 1, False
    argument = arguments.pop(0) if arguments else ""
    if kind == "b":
        text, cut = unescaped(argument, zero=True)
        return text, end + 1, cut
    if kind in "sc":
        text = argument[:1] if kind == "c" else argument
        return (_padded(text, flags)), end + 1, False
    if kind == "q":
        return (argument if argument.isalnum() else UNKNOWN), end + 1, False
    return _numeral(argument, flags, kind), end + 1, False


def _padded(text: str, flags: str) -> str:
    width, dot, precision = flags.lstrip("-+ #0'").partition(".")
    if dot:
        text = text[: int(precision or 0)] if (precision or "0").isdigit() else UNKNOWN
    if width.isdigit() and int(width) <= MAX_PRINTED:
        text = text.ljust(int(width)) if flags.startswith("-") else text.rjust(int(width))
    return text


def _numeral(argument: str, flags: str, kind: str) -> str:
    if argument[:1] in "'\"" and len(argument) == 2:
        number = ord(argument[1])
    else:
        try:
            number = int(argument or "0", 8 if argument[:1] == "0" and argument[1:].isdigit() else 0)
        except ValueError:
            return UNKNOWN
    if kind not in "dixXou" or abs(number) > 1 << 63:
        return UNKNOWN
    width = flags.partition(".")[0]
    if len(width) > 4:
        return UNKNOWN
    try:
        return f"%{flags.rstrip('hlLjzt')}{kind}" % number
    except (ValueError, TypeError):
        return UNKNOWN


_TESTS = frozenset("-a -b -c -d -e -f -g -h -k -p -r -s -u -w -x -G -L -N -O -S".split())
_COMPARISONS = frozenset("-nt -ot -ef".split())


def read_test(argv: tuple[Value, ...]) -> Usage:
    """`test` and `[`: they look at files, no further."""
    effects: list[Effect] = []
    for index in range(1, len(argv) - 1):
        if argv[index].text in _TESTS or argv[index].text in _COMPARISONS:
            effects.append(Effect(READ, argv[index + 1], (META,)))
    return Usage(effects=tuple(effects), stdout="")


_JQ = every("jq")


def read_jq(argv: tuple[Value, ...]) -> Usage:
    """`jq` and `yq`: a filter, then files; some options take a name and a file."""
    kept: list[Value] = []
    effects: list[Effect] = []
    rest = list(argv)
    while rest:
        value = rest.pop(0)
        if value.text in ("--slurpfile", "--rawfile", "--argfile") and len(rest) > 1:
            effects.append(Effect(READ, rest[1]))
            del rest[:2]
        elif value.text in ("--arg", "--argjson") and len(rest) > 1:
            del rest[:2]
        elif value.text in ("--args", "--jsonargs"):
            rest = rest[:1]
        else:
            kept.append(value)
    parsed = parse_arguments(tuple(kept), _JQ)
    found, _ = option_effects(parsed, _JQ)
    slots = "read*" if parsed.has("-f", "--from-file") else "text read*"
    if (
        argv[0].text.endswith("yq")
        and parsed.operands[:1]
        and parsed.operands[0].text in ("e", "eval", "ea", "eval-all")
    ):
        parsed.operands.pop(0)
    files, _ = operand_effects(parsed.operands, slots)
    if argv[0].text.endswith("yq") and parsed.has("-i", "--inplace"):
        files = [*files, *(Effect("write", effect.value) for effect in files)]
    return Usage(effects=(*effects, *found, *files), stdin="" if files else STDIN_DATA, stdout=STDOUT_DATA)
