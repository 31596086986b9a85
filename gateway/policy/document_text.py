"""Policy text to plain values that know their lines: JSON (with comments) and YAML. Pure; off the hook lane."""

from __future__ import annotations

from gateway.model.errors import PolicyError

MAX_DEPTH = 32
"""Deepest nesting that a policy document may have; nothing it can say needs more than eight."""

MAX_NODES = 100_000
"""Most values in one document; a YAML alias can multiply them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    Lines = dict[str, int]


def parse_text(text: str, source: str) -> tuple[object, dict[str, int]]:
    """Return (value, line of every JSON pointer) of a policy document; `.yaml` and `.yml` sources are read as YAML.

    Raises PolicyError with the line for anything that is not one well-formed document without duplicate keys.
    """
    if source.endswith((".yaml", ".yml")):
        return _parse_yaml(text, source)
    reader = _Json(text.removeprefix("\ufeff"), source)
    value = reader.value("", 0)
    reader.space()
    if reader.at < len(reader.text):
        reader.fail("text after the end of the document")
    return value, reader.lines


def pointer_step(pointer: str, key: str | int) -> str:
    """Return the JSON pointer of a member (RFC 6901)."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"true": True, "false": False, "null": None}


class _Json:
    """A JSON reader that keeps lines, refuses duplicate keys and skips `//` and `/* */` comments."""

    __slots__ = ("at", "counted", "lines", "passed", "source", "text")

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.at = 0
        self.lines: Lines = {}
        self.passed = 0
        self.counted = 1

    def line(self) -> int:
        self.counted += self.text.count("\n", self.passed, self.at)
        self.passed = max(self.passed, self.at)
        return self.counted

    def fail(self, problem: str, hint: str = "") -> None:
        raise PolicyError(problem, hint, source=self.source, line=self.line())

    def space(self) -> None:
        text = self.text
        while self.at < len(text):
            if text[self.at] in " \t\r\n":
                self.at += 1
            elif text.startswith("//", self.at):
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
            elif text.startswith("/*", self.at):
                end = text.find("*/", self.at + 2)
                if end < 0:
                    self.fail("a comment is not closed")
                self.at = end + 2
            else:
                return

    def value(self, pointer: str, depth: int) -> object:
        self.space()
        self.lines[pointer] = self.line()
        if depth > MAX_DEPTH:
            self.fail("nested too deeply")
        char = self.text[self.at : self.at + 1]
        if char == "{":
            return self.members(pointer, depth)
        if char == "[":
            return self.items(pointer, depth)
        if char == '"':
            return self.string()
        return self.word(char)

    def members(self, pointer: str, depth: int) -> dict[str, object]:
        out: dict[str, object] = {}
        self.at += 1
        while self.more("}", first=not out):
            if self.text[self.at : self.at + 1] != '"':
                self.fail("expected a key in double quotes")
            key = self.string()
            if key in out:
                raise PolicyError(
                    f"key `{key}` stands twice",
                    "keep one of them",
                    pointer=pointer,
                    source=self.source,
                    line=self.line(),
                )
            self.space()
            if self.text[self.at : self.at + 1] != ":":
                self.fail(f"expected `:` after key `{key}`")
            self.at += 1
            out[key] = self.value(pointer_step(pointer, key), depth + 1)
        return out

    def items(self, pointer: str, depth: int) -> list[object]:
        out: list[object] = []
        self.at += 1
        while self.more("]", first=not out):
            out.append(self.value(pointer_step(pointer, len(out)), depth + 1))
        return out

    def more(self, close: str, *, first: bool) -> bool:
        self.space()
        char = self.text[self.at : self.at + 1]
        if char == close:
            self.at += 1
            return False
        if first:
            return True
        if char != ",":
            self.fail(f"expected `,` or `{close}`", "a comma may be missing on the line before")
        self.at += 1
        self.space()
        if self.text[self.at : self.at + 1] == close:
            self.fail(f"a comma stands before `{close}`", "remove it")
        return True

    def string(self) -> str:
        out: list[str] = []
        at = self.at + 1
        text = self.text
        while True:
            char = text[at : at + 1]
            if char == '"':
                self.at = at + 1
                return _paired("".join(out))
            if char == "" or char < " ":
                self.at = min(at, len(text))
                self.fail("a string is not closed")
            if char != "\\":
                out.append(char)
                at += 1
                continue
            code = text[at + 1 : at + 2]
            if code == "u" and len(text[at + 2 : at + 6].strip("0123456789abcdefABCDEF")) == 0 and len(text) >= at + 6:
                out.append(chr(int(text[at + 2 : at + 6], 16)))
                at += 6
            elif code in _ESCAPES and code:
                out.append(_ESCAPES[code])
                at += 2
            else:
                self.at = at
                self.fail(f"unknown escape `\\{code}` in a string", "write `\\\\` for a backslash")

    def word(self, char: str) -> object:
        end = self.at
        while end < len(self.text) and (self.text[end].isalnum() or self.text[end] in "+-._"):
            end += 1
        word = self.text[self.at : end]
        if word in _WORDS:
            self.at = end
            return _WORDS[word]
        try:
            number = float(word) if word[:1] in "-0123456789" and word else None
        except ValueError:
            number = None
        if number is None or number != number or number in (float("inf"), float("-inf")):
            self.fail(f"expected a value, found `{(word or char or 'the end of the file')[:40]}`")
            return None
        self.at = end
        return int(word) if word.lstrip("-").isdigit() else number


def _paired(text: str) -> str:
    """Join the surrogate pairs that `\\u` escapes left apart."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parse_yaml(text: str, source: str) -> tuple[object, dict[str, int]]:
    import yaml

    lines: Lines = {}
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _yaml_value(node, "", lines, source, 0), lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = str(getattr(error, "problem", "") or "not YAML")
        raise PolicyError(words, source=source, line=mark.line + 1 if mark else 0) from error


def _yaml_value(node: object, pointer: str, lines: Lines, source: str, depth: int) -> object:
    import yaml

    if not isinstance(node, yaml.Node):
        return None
    line = node.start_mark.line + 1
    lines[pointer] = line
    if depth > MAX_DEPTH or len(lines) > MAX_NODES:
        raise PolicyError("nested too deeply", pointer=pointer, source=source, line=line)
    if isinstance(node, yaml.SequenceNode):
        return [
            _yaml_value(item, pointer_step(pointer, index), lines, source, depth + 1)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        out: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or key in out:
                problem = f"key `{key}` stands twice" if key in out else "keys are plain words"
                raise PolicyError(problem, pointer=pointer, source=source, line=key_node.start_mark.line + 1)
            out[key] = _yaml_value(value_node, pointer_step(pointer, key), lines, source, depth + 1)
        return out
    return _yaml_scalar(node)


def _yaml_scalar(node: object) -> object:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        return None
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind == "int" and node.value.lstrip("+-").isdigit():
        return int(node.value)
    if kind == "float":
        return float(node.value)
    return None if kind == "null" else str(node.value)
