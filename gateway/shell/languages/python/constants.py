"""The text that a Python expression is known to be: constants, concatenations, f-strings, joined paths. Pure."""

from __future__ import annotations

import ast

from gateway.model.action import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Names = Mapping[str, str | tuple[str, ...]]
    Called = Callable[[ast.expr], str]

MAX_TEXT = 20_000
_PATHS = ("pathlib.Path", "Path", "pathlib.PosixPath", "pathlib.PurePath")
_SAME = (
    "os.path.expanduser",
    "os.path.abspath",
    "os.path.realpath",
    "os.path.normpath",
    "os.fspath",
    "str",
    "os.path.expandvars",
    "bytes",
)


def text_of(node: ast.expr, names: Names, called: Called) -> str | None:
    """Return the text of an expression, UNKNOWN in it for what is not known, None when nothing of it is, or when it is
    too long.
    """
    text = _text_of(node, names, called)
    return text if text is None or len(text) <= MAX_TEXT else None


def _text_of(node: ast.expr, names: Names, called: Called) -> str | None:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bytes):
            return node.value.decode("utf-8", "replace")
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        known = names.get(node.id)
        return known if isinstance(known, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(value, names, called) for value in node.values)
    if isinstance(node, ast.BinOp):
        return _binary(node, names, called)
    if isinstance(node, ast.Call):
        return _call(node, names, called)
    if isinstance(node, ast.Attribute) and node.attr == "parent":
        text = text_of(node.value, names, called)
        return text.rpartition("/")[0] if text else None
    if isinstance(node, ast.Subscript):
        return _slice(node, names, called)
    return None


def _part(node: ast.expr, names: Names, called: Called) -> str:
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    text = text_of(inner, names, called)
    return UNKNOWN if text is None else text


def _binary(node: ast.BinOp, names: Names, called: Called) -> str | None:
    left, right = text_of(node.left, names, called), text_of(node.right, names, called)
    if isinstance(node.op, ast.Mult):
        count = getattr(node.right, "value", None)
        return (
            left * count if left is not None and isinstance(count, int) and 0 <= count * len(left) < MAX_TEXT else None
        )
    if left is None and right is None:
        return None
    if len(left or "") + len(right or "") > MAX_TEXT:
        return None
    if isinstance(node.op, ast.Add):
        return (UNKNOWN if left is None else left) + (UNKNOWN if right is None else right)
    if isinstance(node.op, ast.Div):
        return _joined([UNKNOWN if left is None else left, UNKNOWN if right is None else right])
    if isinstance(node.op, ast.Mod) and left is not None:
        return left.replace("%s", right if right is not None else UNKNOWN)
    return None


def _joined(parts: list[str]) -> str:
    out = ""
    for part in parts:
        out = part if part.startswith(("/", "~")) or not out else f"{out.rstrip('/')}/{part}"
    return out


def _call(node: ast.Call, names: Names, called: Called) -> str | None:
    name = called(node.func)
    texts = [text_of(argument, names, called) for argument in node.args]
    if name in ("os.path.join", *_PATHS):
        return (
            _joined([UNKNOWN if text is None else text for text in texts])
            if texts
            else ("." if name in _PATHS else None)
        )
    if name in ("pathlib.Path.home", "Path.home"):
        return "~"
    if name in ("pathlib.Path.cwd", "Path.cwd", "os.getcwd"):
        return "."
    if name in _SAME and texts:
        return texts[0]
    if name == "chr" and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, int):
        return chr(node.args[0].value) if 0 < node.args[0].value < 0x110000 else None
    if name in ("base64.b64decode", "bytes.fromhex", "codecs.decode") and texts and texts[0]:
        return _decoded(name, texts)
    if isinstance(node.func, ast.Attribute):
        return _string_method(node.func, texts, names, called)
    return None


def _decoded(name: str, texts: list[str | None]) -> str | None:
    import binascii
    import codecs

    text = texts[0] or ""
    try:
        if name == "base64.b64decode":
            return binascii.a2b_base64(text).decode("utf-8", "replace")
        if name == "bytes.fromhex":
            return bytes.fromhex(text).decode("utf-8", "replace")
        if len(texts) > 1 and texts[1] in ("rot13", "rot_13"):
            return codecs.decode(text, "rot13")
    except ValueError:
        return None
    return None


def _string_method(func: ast.Attribute, texts: list[str | None], names: Names, called: Called) -> str | None:
    base = text_of(func.value, names, called)
    if base is None:
        return None
    if func.attr in (
        "strip",
        "encode",
        "decode",
        "expanduser",
        "resolve",
        "absolute",
        "as_posix",
        "lstrip",
        "rstrip",
    ) and not any(text and func.attr.endswith("strip") for text in texts):
        return base.strip() if func.attr.endswith("strip") else base
    if func.attr in ("lower", "upper"):
        return base.lower() if func.attr == "lower" else base.upper()
    if func.attr == "replace" and len(texts) == 2 and texts[0] and texts[1] is not None:
        return base.replace(texts[0], texts[1])
    if func.attr == "joinpath":
        return _joined([base, *(UNKNOWN if text is None else text for text in texts)])
    if func.attr == "format":
        return _formatted(base, texts)
    if func.attr == "with_name" and texts and texts[0] is not None:
        return _joined([base.rpartition("/")[0], texts[0]])
    return None


def _formatted(base: str, texts: list[str | None]) -> str:
    for text in texts:
        base = base.replace("{}", UNKNOWN if text is None else text, 1)
    return base


def _slice(node: ast.Subscript, names: Names, called: Called) -> str | None:
    """`"txt.vne."[::-1]` and plain slices."""
    text = text_of(node.value, names, called)
    if text is None or not isinstance(node.slice, ast.Slice):
        return None
    numbers = []
    for part in (node.slice.lower, node.slice.upper, node.slice.step):
        try:
            number = None if part is None else ast.literal_eval(part)
        except (ValueError, TypeError):
            return None
        if number is not None and not isinstance(number, int):
            return None
        numbers.append(number)
    return text[slice(*numbers)] if numbers[2] != 0 else None
