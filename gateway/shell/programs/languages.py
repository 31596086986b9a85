"""Interpreters as data: their language and what its operands are; its options stand in `gateway.catalog.options`."""

from __future__ import annotations

from gateway.model.record import Record


class Language(Record):
    """How an interpreter takes its code.

    language  name that inline readers know it by
    module    the option that names a module to run, or ""
    verbs     first operand -> "file", "code", "argv", "runner" or "" (what it takes)
    words     options are words after a single dash
    line      what is code on its line: "option" (all behind one), "words" (all that no option comes before, too), or ""
              (one word)
    """

    __slots__ = ("language", "line", "module", "verbs", "words")

    def __init__(
        self,
        language: str,
        *,
        module: str = "",
        verbs: dict[str, str] | None = None,
        words: bool = False,
        line: str = "",
    ) -> None:
        self.language = language
        self.module = module
        self.verbs = verbs or {}
        self.words = words
        self.line = line


_PYTHON = Language("python", module="-m")
_NODE = Language(
    "javascript",
)
_TSX = Language("javascript", verbs={"watch": "file"})
_DENO = Language(
    "javascript",
    verbs={
        "run": "file",
        "eval": "code",
        "test": "runner",
        "task": "runner",
        "serve": "file",
        "x": "argv",
        "compile": "file",
    }
    | dict.fromkeys(
        ("fmt", "lint", "check", "doc", "info", "cache", "bench", "install", "add", "upgrade", "types", "repl"), ""
    ),
)
_BUN = Language(
    "javascript",
    verbs={"x": "argv", "run": "runner", "test": "runner", "exec": "code"}
    | dict.fromkeys(
        (
            "install",
            "i",
            "add",
            "remove",
            "rm",
            "update",
            "link",
            "pm",
            "init",
            "create",
            "build",
            "upgrade",
            "ci",
            "outdated",
            "publish",
        ),
        "",
    ),
)
_PERL = Language("perl")
_RUBY = Language("ruby")
_PHP = Language(
    "php",
)
_LUA = Language("lua")
_APPLE = Language("applescript")
_R = Language("r")
_JULIA = Language(
    "julia",
)
_JAVA = Language(
    "java",
    words=True,
)
_ELIXIR = Language("elixir")
_GROOVY = Language("groovy")
_SCALA = Language("scala")
LANGUAGES = {
    "python": _PYTHON,
    "python2": _PYTHON,
    "python3": _PYTHON,
    "pypy": _PYTHON,
    "ipython": _PYTHON,
    "node": _NODE,
    "nodejs": _NODE,
    "tsx": _TSX,
    "ts-node": _TSX,
    "deno": _DENO,
    "bun": _BUN,
    "perl": _PERL,
    "ruby": _RUBY,
    "irb": _RUBY,
    "php": _PHP,
    "lua": _LUA,
    "luajit": _LUA,
    "tclsh": Language("tcl"),
    "osascript": _APPLE,
    "r": _R,
    "rscript": _R,
    "julia": _JULIA,
    "java": _JAVA,
    "kotlin": Language("kotlin"),
    "groovy": _GROOVY,
    "scala": _SCALA,
    "elixir": _ELIXIR,
    "jrunscript": Language("javascript"),
    "pwsh": Language("powershell", words=True, line="option"),
    "powershell": Language("powershell", words=True, line="words"),
}
"""Program -> how it takes its code."""
