"""Perl by its calls: `open` with its pipes (perlfunc), quote-like operators and substitutions that run code (perlop).
Pure.
"""

from __future__ import annotations

from gateway.model.action import READ, UNKNOWN, WRITE
from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.tokens import COMMAND, MARK, NAME, TEXT, Lexis, delimited, interpolated
from gateway.shell.usage import START_SHELL, Effect, Start
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Reading
    from gateway.shell.languages.script.tokens import Token

_BRACKETS = "([{<"
_QUOTES = frozenset(("q", "qq", "qx", "qw", "m", "qr", "s", "tr", "y"))
_TWO_PARTS = ("s", "tr", "y")
_FLAGGED = ("s", "m", "qr", "tr", "y")
_EVALUATED = "s///e"
"""The name that stands for a substitution whose replacement is run as code."""


def _quote(code: str, name: str, at: int, out: list[Token]) -> int:
    """Read `q(…)`, `qq{…}`, `qx!…!`, `qw<…>`, `m/…/`, `s/…/…/e` (perlop, "Quote and Quote-like Operators"); see
    `Lexis.word_literal`.
    """
    if name not in _QUOTES or at >= len(code) or (out and out[-1][1] in ("->", "$", "{", "%")):
        return 0
    while at < len(code) and code[at] == " ":
        at += 1
    if at >= len(code) or code[at].isalnum() or code[at] in " \t\n,;=)_" or code[at : at + 2] == "=>":
        return 0
    text, end = delimited(code, at)
    if end >= 0 and name in _TWO_PARTS:
        _, end = delimited(code, _second_part(code, at, end))
    if end < 0:
        return -1
    while name in _FLAGGED and end < len(code) and code[end].isalpha():
        if name == "s" and code[end] == "e":
            out.append((NAME, _EVALUATED))
        end += 1
    if name == "q":
        out.append((TEXT, text))
    elif name in ("qq", "qx"):
        out.append((COMMAND if name == "qx" else TEXT, interpolated(_LEXIS, text)))
    elif name == "qw":
        out += [(MARK, "("), *((TEXT, word) for word in text.split()), (MARK, ")")]
    else:
        out.append((MARK, "0"))
    return end


def _second_part(code: str, opening: int, end: int) -> int:
    """Return where the replacement's delimiter is: brackets have a pair of their own behind blanks, others share the
    one between.
    """
    if code[opening] not in _BRACKETS:
        return end - 1
    while end < len(code) and code[end].isspace():
        end += 1
    return end


def _open(reading: Reading, texts: list[str | None]) -> None:
    """`open(F, "<", path)`, `open(F, "<path")`, `open(P, "cmd|")`, `open(P, "-|", "cmd", …)` (perlfunc, "open")."""
    words = [text for text in texts if text is not None]
    if not words:
        reading.effects.append(Effect(READ, Value(UNKNOWN)))
        return
    mode = words[0].strip()
    path = words[1] if len(words) > 1 else None
    if mode in ("-|", "|-"):
        given = Value(UNKNOWN) if mode == "|-" else None
        reading.starts.append(Start(START_SHELL, code=Value(" ".join(words[1:]) or UNKNOWN), given=given))
    elif mode.startswith("|") or (mode.endswith("|") and path is None):
        given = Value(UNKNOWN) if mode.startswith("|") else None
        reading.starts.append(Start(START_SHELL, code=Value(mode.strip("|")), given=given))
    else:
        name = path if path is not None else mode.lstrip("+<> ") or UNKNOWN
        if not mode.startswith(">"):
            reading.effects.append(Effect(READ, Value(name)))
        if mode.startswith((">", "+")):
            reading.effects.append(Effect(WRITE, Value(name)))


_LEXIS = Lexis(
    raw_quotes=True,
    interpolation=("$", "${", "@{"),
    home_in_string="$ENV{HOME}",
    backtick_commands=True,
    regex_literals=True,
    word_literal=_quote,
)
LANGUAGE = Language(
    "perl",
    _LEXIS,
    calls_table("""
system exec : shell
open sysopen : open
unlink rmdir : delete
rmtree remove_tree : deletetree
rename move : read+delete+write@1
copy : read+write@1
symlink : read+create@1
link : link+write@1
truncate : write
mkdir mkpath make_path : create
opendir : list@9
glob : list
find finddepth : list@1
do require : read
get getstore getprint head mirror : url
chmod chown : write@1
readlink : meta
connect INET.new INET6.new IP.new SSL.new : peer
listen accept : listen
"""),
    opaque_calls=frozenset(("eval", _EVALUATED, "syscall", "can")),  # `main->can("system")` is a function by its name
    bare_calls=True,
    bare_evaluation=True,
    evaluation_blocks=True,
    variable_calls=True,
    joins=(".",),
    homes=spelled("$ENV { HOME }"),
    open_file=_open,
)
