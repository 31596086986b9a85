"""Script languages read by their calls: a table of names, and the constant arguments behind them. Pure."""

from __future__ import annotations

from gateway.model.action import CONNECT, LIST, READ, UNKNOWN, WRITE
from gateway.shell.languages.script.calls import CALLS, OPAQUE
from gateway.shell.languages.script.environment import all_variables
from gateway.shell.languages.script.folders import found_there
from gateway.shell.languages.script.homes import home_at
from gateway.shell.languages.script.sockets import peer_of
from gateway.shell.languages.script.tokens import COMMAND, MARK, NAME, TEXT, tokens
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
    from gateway.shell.languages.script.tokens import Token

MAX_CODE = 200_000
_TOO_LONG = "a call too long to read"
MAX_REACH = 300
"""Most tokens that the arguments of one call may have."""
_MODES = (["w"], ["r+"], ["w+"], ["wb"])
_JOINS = {"perl": (".",), "php": (".",), "lua": (".",), "javascript": ("+",), "ruby": ("+",), "awk": ()}


def read_script(language: str, code: str) -> Usage:
    """Return what code would do by the calls of its language's table; a string that does not end makes it opaque."""
    if len(code) > MAX_CODE:
        return Usage(opaque=f"{language} code too long to read")
    found = tokens(language, code)
    if found is None:
        return Usage(opaque=f"{language} code that is not understood", stdin=STDIN_DATA)
    reader = _Reader(language, found)
    reader.read()
    return Usage(effects=found_there(reader.effects), starts=tuple(reader.starts), stdin=STDIN_DATA, stdout=reader.stdout, opaque=reader.opaque)


class _Reader:
    """Goes through tokens once; variables keep the constants they were given."""

    def __init__(self, language: str, found: list[Token]) -> None:
        self.language = language
        self.tokens = found
        self.calls = CALLS.get(language, {})
        self.effects: list[Effect] = []
        self.starts: list[Start] = []
        self.opaque = ""
        self.stdout = STDOUT_UNKNOWN
        self.known: dict[str, str] = {}
        self.renamed: dict[str, str] = {}

    def read(self) -> None:
        """Read every token."""
        for at, (kind, text) in enumerate(self.tokens):
            if self.opaque == _TOO_LONG:
                return
            if kind == COMMAND:
                self.starts.append(Start(START_SHELL, code=Value(text)))
            elif kind == NAME:
                self._name(at, text)
                if all_variables(self.language, self.tokens, at):
                    self.stdout = STDOUT_ENVIRONMENT
            elif kind == MARK and text == "]" and self._mark(at + 1) == "(" and self.language in ("javascript", "lua", "php"):
                self.opaque = self.opaque or "it calls something by a name that is only known when it runs"
            elif kind == TEXT and self.language == "php" and self._mark(at - 1) in ("(", ","):
                self._handed(text)
            elif kind == TEXT and self.language == "javascript" and self._mark(at - 1) == "$":  # the shells of Bun and zx
                self.starts.append(Start(START_SHELL, code=Value(text)))
            elif kind == MARK and self.language == "awk" and text in (">", ">>", "|", "<"):
                self._awk(at, text)

    def _handed(self, text: str) -> None:
        """A function that is handed on by its name: `array_map("unlink", …)`."""
        does = self.calls.get(text)
        if does in ("shell", "argv"):
            self.opaque = self.opaque or f"it hands `{text}` on"
        elif does in ("delete", "deletetree"):
            self.effects.append(Effect(WRITE, Value(UNKNOWN), FILES[does][1]))

    def _name(self, at: int, name: str) -> None:
        if self._mark(at + 1) in ("=", ":=") and self._mark(at + 2) != "=":
            self._assign(at, name)
            return
        if name in OPAQUE.get(self.language, ()) and (
            self._mark(at + 1) in ("(", "'", "{") or self.language in ("perl", "ruby", "php", "tcl") or name == "s///e"
        ):
            self._code(at, name)
            return
        if self.language == "javascript" and name in ("require", "import", "from"):
            self._module(at, name)
            self._computed(at, name)
            return
        if name == "Dir" and self.language == "ruby" and self._mark(at + 1) == "[" and self._kind(at + 2) == TEXT:
            self.effects.append(Effect(READ, Value(self.tokens[at + 2][1]), (LIST,)))
            return
        does = self.calls.get(self.renamed.get(name, name)) or self.calls.get(self._qualified(at, name))
        if does is None or self._referred(at, name, does):
            self._computed(at, name)
            return
        bare = self.language in ("perl", "ruby", "awk", "tcl", "julia", "groovy", "elixir", "applescript") or name in (
            "require",
            "include",
            "include_once",
            "require_once",
            "dofile",
        )
        bare = bare and self._mark(at + 1) not in (".", "::")  # which is a call on it
        if self._mark(at + 1) == "(" or bare or (self._kind(at + 1) == TEXT):
            self._do(does, at + 1)

    def _module(self, at: int, name: str) -> None:
        """`require('./x')`, `import('./x')`, `import y from './x'`: a module with a path is a file that is read; a package is none."""
        text, _ = self._text(at + 2 if name != "from" and self._mark(at + 1) == "(" else at + 1)
        if text is not None and text.startswith((".", "/", "file:")):
            self.effects.append(Effect(READ, Value(text.removeprefix("file://"))))

    def _referred(self, at: int, name: str, does: str) -> bool:
        """Whether a function is named without being called: renamed as it is imported, or handed on."""
        if self.language not in ("javascript", "lua") or self._mark(at + 1) == "(" or self._kind(at + 1) == TEXT:
            return False
        if self._mark(at + 1) in (":", "as") and self._mark(at - 1) in ("{", ","):
            self.renamed[self.tokens[at + 2][1] if at + 2 < len(self.tokens) else ""] = name
        elif self._mark(at - 1) in (".", "?.") and does in ("shell", "argv", "delete", "deletetree", "write"):
            self.opaque = self.opaque or f"it hands `{name}` on"
        return True

    def _computed(self, at: int, name: str) -> None:
        """A call by a name that is only known when it runs: `require(x)`, `$f(…)`, `$f->(…)`."""
        following = self._mark(at + 1)
        if (name in ("require", "import") and self.language == "javascript" and following == "(" and self._kind(at + 2) != TEXT) or (
            name[:1] == "$" and self.language in ("php", "perl") and (following == "(" or (following == "->" and self._mark(at + 2) == "("))
        ):
            self.opaque = self.opaque or f"`{name}` of something that is only known when it runs"

    def _assign(self, at: int, name: str) -> None:
        text, end = self._text(at + 2)
        if text is not None and self._mark(end) in (";", "", ",", "\n") and UNKNOWN not in text:
            self.known[name.lstrip("$@")] = text
        else:
            self.known.pop(name.lstrip("$@"), None)

    def _qualified(self, at: int, name: str) -> str:
        """Return `owner.name` for a call on a name."""
        if at >= 2 and self._mark(at - 1) in (".", "::", "->", "?.", "/"):
            module = at - 3 if self._mark(at - 2) == ")" and self._mark(at - 5) == "require" else at - 2  # `require("http").get(…)`
            return f"{self.tokens[module][1].removeprefix('node:')}.{name}"
        return name

    def _mark(self, at: int) -> str:
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] != TEXT else ""

    def _kind(self, at: int) -> str:
        return self.tokens[at][0] if 0 <= at < len(self.tokens) else ""

    def _arguments(self, at: int) -> tuple[list[str | None], list[bool]]:
        """Return (the texts of the arguments from a place on, whether each is inside a list)."""
        depth = 0
        texts: list[str | None] = []
        listed: list[bool] = []
        if self._mark(at) == "(":
            at += 1
            depth = 1
        start = depth
        fresh = True
        last = min(at + MAX_REACH, len(self.tokens))
        end = self._options(at, last) if self.language == "ruby" else last
        while at < end and len(texts) < 12:
            text = self._mark(at)
            if fresh and self._kind(at) in (TEXT, NAME, COMMAND) and text not in ("new",):
                value, at = self._text(at)
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
                if fresh and text == "[" and self.language == "javascript":
                    fresh = True
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

    def _options(self, at: int, last: int) -> int:
        """Return where the options begin behind the arguments of a call in Ruby: `in: socket`, `[:in, :out] => socket`; `last` where there are none."""
        depth, first = 0, at
        for place in range(at, last):
            mark = self._mark(place)
            depth += (mark in ("(", "[", "{")) - (mark in (")", "]", "}"))
            if depth < 0:
                break
            if not depth and mark == ",":
                first = place + 1
            elif not depth and (mark == "=>" or (mark == ":" and place == first + 1 and self._kind(first) == NAME)):
                return first
        return last

    def _text(self, at: int) -> tuple[str | None, int]:
        """Return (text of the concatenation that starts at a place, place behind it)."""
        parts: list[str] = []
        some = False
        while at < len(self.tokens):
            kind, text = self.tokens[at]
            told, end = home_at(self.language, self.tokens, at)
            if told or kind == TEXT:
                parts.append(told or text)
                some = True
                at = end - 1 if told else at
            elif (kind == NAME and text.lstrip("$@") in self.known and self._mark(at + 1) not in ("(", ".")) or (
                kind == NAME and text.lstrip("$@") in self.known and self.language != "javascript"
            ):
                parts.append(self.known[text.lstrip("$@")])
                some = True
            else:
                parts.append(UNKNOWN)
                return ("".join(parts) if some else None), at + 1
            at += 1
            joined = self._mark(at) in _JOINS.get(self.language, ("+",))
            if self._mark(at) == "." and self._mark(at + 1) == "." and self.language == "lua":
                at += 1
            if not joined:
                break
            at += 1
        return ("".join(parts) if some else None), at

    def _do(self, does: str, at: int) -> None:
        texts, listed = self._arguments(at)
        for one in does.split("+"):
            kind, _, index = one.partition("@")
            position = int(index or 0)
            text = texts[position] if position < len(texts) else None
            if kind in FILES:
                verb, how = FILES[kind]
                if texts or kind != "read":
                    self.effects.append(Effect(verb, Value(UNKNOWN if text is None else text), how))
            elif kind == "open":
                self._open(texts)
            elif kind in ("url", "host"):
                if text is not None or self.calls.get(self._mark(at + 1)) != "url":  # `get(URI("…"))`: the inner call tells where
                    self.effects.append(Effect(CONNECT, Value(text or UNKNOWN)))
            elif kind in ("shell", "argv"):
                self._start(texts, listed, shell=kind == "shell")
            elif kind in ("file", "code"):
                self._file(text, runs=kind == "code")
            elif kind == "peer":
                host = peer_of(self.tokens[at : at + MAX_REACH], self.known)
                self.effects += [Effect(CONNECT, Value(host))] if host else []
            elif kind == "listen":
                self.stdout = STDOUT_NETWORK

    def _file(self, text: str | None, *, runs: bool = False) -> None:
        """A name that may be a URL as well (`file_get_contents`, `open-uri`); what runs it trusts what is there."""
        if text is not None and "://" in text:
            if runs:
                self.opaque = self.opaque or "it runs code that comes from elsewhere"
            if text.startswith(("php://", "data:")):
                return
            self.effects.append(Effect(CONNECT, Value(text)))
        else:
            self.effects.append(Effect(READ, Value(UNKNOWN if text is None else text)))

    def _open(self, texts: list[str | None]) -> None:
        """`open(F, "<", path)`, `open("|cmd")`, `fopen(path, "w")`, `File.open(path, "w")`, `io.open(path, "w")`."""
        words = [text for text in texts if text is not None]
        if self.language == "perl":
            self._perl_open(words)
            return
        path = texts[0] if texts else None
        mode = texts[1] if len(texts) > 1 and texts[1] is not None else "r"
        if path is not None and path.startswith("|"):
            self.starts.append(Start(START_SHELL, code=Value(path[1:])))
            return
        if "r" in mode or "+" in mode:
            self._file(path)
        if any(char in mode for char in "wax+"):
            self.effects.append(Effect(WRITE, Value(UNKNOWN if path is None else path)))

    def _perl_open(self, words: list[str]) -> None:
        if not words:
            self.effects.append(Effect(READ, Value(UNKNOWN)))
            return
        mode = words[0].strip()
        path = words[1] if len(words) > 1 else None
        if mode in ("-|", "|-"):
            given = Value(UNKNOWN) if mode == "|-" else None
            self.starts.append(Start(START_SHELL, code=Value(" ".join(words[1:]) or UNKNOWN), given=given))
        elif mode.startswith("|") or (mode.endswith("|") and path is None):
            given = Value(UNKNOWN) if mode.startswith("|") else None
            self.starts.append(Start(START_SHELL, code=Value(mode.strip("|")), given=given))
        else:
            name = path if path is not None else mode.lstrip("+<> ") or UNKNOWN
            if not mode.startswith(">"):
                self.effects.append(Effect(READ, Value(name)))
            if mode.startswith((">", "+")):
                self.effects.append(Effect(WRITE, Value(name)))

    def _start(self, texts: list[str | None], listed: list[bool], *, shell: bool) -> None:
        words = [UNKNOWN if text is None else text for text in texts]
        if not words:
            self.opaque = self.opaque or "it starts a program that is only known when it runs"
            return
        given = Value(UNKNOWN) if self._types(words) else None
        if shell and (len(words) == 1 or self.language in ("javascript", "php", "lua", "awk", "r") or words[1:] in _MODES):
            self.starts.append(Start(START_SHELL, code=Value(words[0]), given=given))
            return
        if self.language == "javascript":
            words = [words[0], *(word for word, inside in zip(words[1:], listed[1:], strict=False) if inside)]
        self.starts.append(Start(START_ARGV, argv=tuple(Value(word) for word in words), given=given))

    def _types(self, words: list[str]) -> bool:
        """Whether code writes into a program that it starts: `popen("sh", "w")`, `spawn("sh")` and its `stdin`."""
        if self.language == "javascript":
            return (NAME, "stdin") in self.tokens or (NAME, "input") in self.tokens
        return words[1:] in _MODES or (self.language == "php" and (NAME, "fwrite") in self.tokens)

    def _code(self, at: int, name: str) -> None:
        if name == "eval" and self.language in ("perl", "ruby", "tcl") and self._mark(at + 1) in ("{", "do"):
            return
        texts, _ = self._arguments(at + 1)
        text = texts[0] if texts else None
        if text is not None and UNKNOWN not in text and name not in ("binding", "dlopen"):
            self.starts.append(Start(START_CODE, code=Value(text), language=self.language))
        else:
            self.opaque = self.opaque or f"`{name}` of code that is only known when it runs"

    def _awk(self, at: int, mark: str) -> None:
        """awk: `print > "file"`, `print | "cmd"`, `"cmd" | getline`, `getline line < "file"`."""
        if mark == "<":
            if "getline" in (self._mark(at - 1), self._mark(at - 2)):
                self.effects.append(Effect(READ, Value(self._text(at + 1)[0] or UNKNOWN)))
            return
        text = self.tokens[at + 1][1] if self._kind(at + 1) == TEXT else None
        if mark == "|":
            if self._mark(at + 1) == "getline" or (self._mark(at + 1) == "&" and self._mark(at + 2) == "getline"):
                line = self.tokens[at - 1][1] if self._kind(at - 1) == TEXT else UNKNOWN
                self.starts.append(Start(START_SHELL, code=Value(line)))
            elif text is not None:
                self.starts.append(Start(START_SHELL, code=Value(text)))
            elif self._prints(at):
                self.opaque = self.opaque or "it prints into a program that is only known when it runs"
        elif text is not None and self._prints(at):
            if not text.startswith(("/dev/stdout", "/dev/stderr")):
                self.effects.append(Effect(WRITE, Value(text)))
        elif self._prints(at) and self._kind(at + 1) in (NAME, MARK) and self._mark(at + 1) in ("$", "("):
            self.effects.append(Effect(WRITE, Value(UNKNOWN)))

    def _prints(self, at: int) -> bool:
        """Whether the statement that a mark stands in prints, outside parentheses."""
        depth = 0
        for index in range(at - 1, max(at - 40, -1), -1):
            text = self._mark(index)
            if text == ")":
                depth += 1
            elif text == "(":
                depth -= 1
            if depth < 0 or text in (";", "{", "}"):
                return False
            if text in ("print", "printf"):
                return True
        return False
