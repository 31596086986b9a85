"""Script languages read by their calls: a table of names, and the constant arguments behind them. Pure.

The reader is no interpreter. It goes through the tokens of a piece of code once, in the order in which they are
written, and knows three things: the constants that names were last given, the calls of the language's table, and where
an argument is no constant.

What may not be broken:

* A call of the table is found wherever it stands, in branches and functions that never run as well: code is judged by
  what it could do.
* What is not constant is UNKNOWN, never left out; a call that runs unknown code makes the whole opaque.
* The reader asks the fields of a `Language`, never its name. What one language alone has is a hook in that language's
  file.
* Time is bounded: MAX_CODE characters, MAX_ARGUMENT_TOKENS for the arguments of one call.
"""

from __future__ import annotations

from gateway.model.action import CONNECT, READ, UNKNOWN, WRITE
from gateway.shell.languages.script.deletions import confined_deletions
from gateway.shell.languages.script.homes import home_at
from gateway.shell.languages.script.sockets import peer_of
from gateway.shell.languages.script.tokens import COMMAND, NAME, TEXT, tokens
from gateway.shell.programs.grammar import FILES
from gateway.shell.usage import (
    START_ARGV,
    START_CODE,
    START_SHELL,
    STDIN_DATA,
    STDOUT_ENVIRONMENT,
    STDOUT_NETWORK,
    STDOUT_UNKNOWN,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Language
    from gateway.shell.languages.script.tokens import Token

MAX_CODE = 200_000
_TOO_LONG = "a call too long to read"
MAX_ARGUMENT_TOKENS = 300
"""Most tokens that the arguments of one call may have."""
_MAX_ARGUMENTS = 12


def read_script(language: Language, code: str) -> Usage:
    """Return what code would do by the calls of its language's table; a string that does not end makes it opaque."""
    if len(code) > MAX_CODE:
        return Usage(opaque=f"{language.name} code too long to read")
    written = tokens(language.lexis, code)
    if written is None:
        return Usage(opaque=f"{language.name} code that could not be parsed", stdin=STDIN_DATA)
    reader = _Reader(language, written)
    reader.read()
    return Usage(
        effects=confined_deletions(reader.effects),
        starts=tuple(reader.starts),
        stdin=STDIN_DATA,
        stdout=reader.stdout,
        opaque=reader.opaque,
    )


class _Reader:
    """Goes through tokens once; variables keep the constants they were given."""

    def __init__(self, language: Language, written: list[Token]) -> None:
        self.language = language
        self.tokens = written
        self.effects: list[Effect] = []
        self.starts: list[Start] = []
        self.opaque = ""
        self.stdout = STDOUT_UNKNOWN
        self.constants: dict[str, str] = {}
        self.renamed: dict[str, str] = {}

    def read(self) -> None:
        """Read every token."""
        language = self.language
        for at, (kind, text) in enumerate(self.tokens):
            if self.opaque == _TOO_LONG:
                return
            if kind == COMMAND:
                self.starts.append(Start(START_SHELL, code=Value(text)))
            elif kind == NAME:
                self._name(at, text)
                if language.is_environment and language.is_environment(self.tokens, at):
                    self.stdout = STDOUT_ENVIRONMENT
            elif kind == TEXT:
                if language.on_text:
                    language.on_text(self, at, text)
            elif text == "]" and language.computed_members and self.mark(at + 1) == "(":
                self.hide("it calls something by a name that is only known when it runs")
            elif language.on_mark:
                language.on_mark(self, at, text)

    def hide(self, why: str) -> None:
        """Note why the code cannot be seen inside; the first reason stays."""
        self.opaque = self.opaque or why

    def mark(self, at: int) -> str:
        """Return the name or mark at a place, "" where a text or nothing stands."""
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] != TEXT else ""

    def kind(self, at: int) -> str:
        """Return the kind of the token at a place, "" where nothing stands."""
        return self.tokens[at][0] if 0 <= at < len(self.tokens) else ""

    def _name(self, at: int, name: str) -> None:
        language = self.language
        following = self.mark(at + 1)
        if following in ("=", ":=") and self.mark(at + 2) != "=":
            self._assign(at, name)
            return
        if name in language.opaque_calls and (language.bare_evaluation or following in ("(", "'", "{")):
            self._evaluate(at, name)
            return
        if language.on_name and language.on_name(self, at, name):
            return
        does = language.calls.get(self.renamed.get(name, name)) or language.calls.get(self._qualified(at, name))
        if does is None or self._is_reference(at, name, does):
            if (
                language.variable_calls
                and name[:1] == "$"
                and (following == "(" or (following == "->" and self.mark(at + 2) == "("))
            ):
                self.hide(f"`{name}` of something that is only known when it runs")
            return
        # which is a call on it
        bare = (language.bare_calls or name in language.statements) and following not in (".", "::")
        if bare or following == "(" or self.kind(at + 1) == TEXT:
            self._call(does, at + 1)

    def _is_reference(self, at: int, name: str, does: str) -> bool:
        """Return whether a function is named without being called: renamed as it is imported, or handed on."""
        if not self.language.function_values or self.mark(at + 1) == "(" or self.kind(at + 1) == TEXT:
            return False
        if self.mark(at + 1) in (":", "as") and self.mark(at - 1) in ("{", ","):
            self.renamed[self.tokens[at + 2][1] if at + 2 < len(self.tokens) else ""] = name
        elif self.mark(at - 1) in (".", "?.") and does in ("shell", "argv", "delete", "deletetree", "write"):
            self.hide(f"it hands `{name}` on")
        return True

    def _assign(self, at: int, name: str) -> None:
        text, end = self.text(at + 2)
        if text is not None and self.mark(end) in (";", "", ",", "\n") and UNKNOWN not in text:
            self.constants[name.lstrip("$@")] = text
        else:
            self.constants.pop(name.lstrip("$@"), None)

    def _qualified(self, at: int, name: str) -> str:
        """Return `owner.name` for a call on a name."""
        if at >= 2 and self.mark(at - 1) in (".", "::", "->", "?.", "/"):
            owner = (
                at - 3 if self.mark(at - 2) == ")" and self.mark(at - 5) == "require" else at - 2
            )  # `require("http").get(…)`
            return f"{self.tokens[owner][1].removeprefix('node:')}.{name}"
        return name

    def _arguments(self, at: int) -> tuple[list[str | None], list[bool]]:
        """Return (the texts of the arguments from a place on, whether each is inside a list)."""
        depth = 0
        texts: list[str | None] = []
        listed: list[bool] = []
        if self.mark(at) == "(":
            at += 1
            depth = 1
        start = depth
        fresh = True
        last = min(at + MAX_ARGUMENT_TOKENS, len(self.tokens))
        end = self.language.arguments_end(self, at, last) if self.language.arguments_end else last
        while at < end and len(texts) < _MAX_ARGUMENTS:
            text = self.mark(at)
            if fresh and self.kind(at) in (TEXT, NAME, COMMAND) and text not in ("new",):
                value, at = self.text(at)
                texts.append(value)
                listed.append(depth > start)
                fresh = False
                continue
            if fresh and text[:1].isdigit():
                texts.append(None)
                listed.append(depth > start)
                fresh = False
            elif text in ("(", "[", "{"):
                depth += 1
            elif text in (")", "]", "}"):
                depth -= 1
                if depth < start:
                    break
            elif text == ",":
                fresh = True
            elif text == ";" and depth <= start:
                break
            at += 1
        if at == last < len(self.tokens):
            self.opaque = _TOO_LONG
        return texts, listed

    def text(self, at: int) -> tuple[str | None, int]:
        """Return (text of the concatenation that starts at a place, None where nothing of it is known, place behind
        it).
        """
        pieces: list[str] = []
        some = False
        while at < len(self.tokens):
            kind, text = self.tokens[at]
            home, end = home_at(self.language, self.tokens, at)
            if home or kind == TEXT:
                pieces.append(home or text)
                some = True
                at = end - 1 if home else at
            elif (
                kind == NAME
                and text.lstrip("$@") in self.constants
                and self.mark(at + 1) not in self.language.value_ends
            ):
                pieces.append(self.constants[text.lstrip("$@")])
                some = True
            else:
                pieces.append(UNKNOWN)
                return ("".join(pieces) if some else None), at + 1
            at += 1
            mark = self.mark(at)
            if mark not in self.language.joins:
                break
            at += 2 if self.language.doubled_joins and self.mark(at + 1) == mark else 1
        return ("".join(pieces) if some else None), at

    def _call(self, does: str, at: int) -> None:
        texts, listed = self._arguments(at)
        for operation in does.split("+"):
            kind, _, index = operation.partition("@")
            position = int(index or 0)
            text = texts[position] if position < len(texts) else None
            if kind in FILES:
                verb, how = FILES[kind]
                if texts or kind != "read":
                    self.effects.append(Effect(verb, Value(UNKNOWN if text is None else text), how))
            elif kind == "open":
                (self.language.open_file or open_by_mode)(self, texts)
            elif kind in ("url", "host"):
                if (
                    text is not None or self.language.calls.get(self.mark(at + 1)) != "url"
                ):  # `get(URI("…"))`: the inner call is the host
                    self.effects.append(Effect(CONNECT, Value(text or UNKNOWN)))
            elif kind in ("shell", "argv"):
                self._start(texts, listed, shell=kind == "shell")
            elif kind in ("file", "code"):
                self.file(text, runs=kind == "code")
            elif kind == "peer":
                host = peer_of(self.tokens[at : at + MAX_ARGUMENT_TOKENS], self.constants)
                self.effects += [Effect(CONNECT, Value(host))] if host else []
            elif kind == "listen":
                self.stdout = STDOUT_NETWORK

    def file(self, text: str | None, *, runs: bool = False) -> None:
        """Keep a file that is read, or the host where the name is a URL (`file_get_contents`, `open-uri`); what runs it
        trusts what is there.
        """
        if text is not None and "://" in text:
            if runs:
                self.hide("it runs code that comes from elsewhere")
            if not text.startswith(("php://", "data:")):  # streams of the process itself
                self.effects.append(Effect(CONNECT, Value(text)))
        else:
            self.effects.append(Effect(READ, Value(UNKNOWN if text is None else text)))

    def _start(self, texts: list[str | None], listed: list[bool], *, shell: bool) -> None:
        words = [UNKNOWN if text is None else text for text in texts]
        if not words:
            self.hide("it starts a program that is only known when it runs")
            return
        language = self.language
        piped = len(words) == 2 and words[1] in language.pipe_modes
        types = piped or any((NAME, name) in self.tokens for name in language.typing_names)
        given = Value(UNKNOWN) if types else None
        if shell and (len(words) == 1 or piped or language.options_behind_command):
            self.starts.append(Start(START_SHELL, code=Value(words[0]), given=given))
            return
        if language.listed_arguments:
            words = [words[0], *(word for word, inside in zip(words[1:], listed[1:], strict=False) if inside)]
        self.starts.append(Start(START_ARGV, argv=tuple(Value(word) for word in words), given=given))

    def _evaluate(self, at: int, name: str) -> None:
        if name == "eval" and self.language.evaluation_blocks and self.mark(at + 1) in ("{", "do"):
            return
        texts, _ = self._arguments(at + 1)
        text = texts[0] if texts else None
        if text is not None and UNKNOWN not in text and name not in self.language.native_calls:
            self.starts.append(Start(START_CODE, code=Value(text), language=self.language.name))
        else:
            self.hide(f"`{name}` of code that is only known when it runs")


def open_by_mode(reader: _Reader, texts: list[str | None]) -> None:
    """`fopen(path, "w")`, `File.open(path, "w")`, `io.open(path, "w")`; a name that begins with `|` is a command line
    (Ruby's `open`, Tcl's).
    """
    path = texts[0] if texts else None
    mode = texts[1] if len(texts) > 1 and texts[1] is not None else "r"
    if path is not None and path.startswith("|"):
        reader.starts.append(Start(START_SHELL, code=Value(path[1:])))
        return
    if "r" in mode or "+" in mode:
        reader.file(path)
    if any(char in mode for char in "wax+"):
        reader.effects.append(Effect(WRITE, Value(UNKNOWN if path is None else path)))
