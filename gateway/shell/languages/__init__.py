"""Inline code: what a piece of code given on a command line would plainly do. Pure; a language's module is loaded when
the language is met.

Three kinds of languages are read, and each says what it cannot see inside of:

* by their calls: one module a language, `LANGUAGE` in it, all read by `script.reader`, which asks the fields of a
  `Language`, never its name
* by a reader of their own, where calls are not what tells: Python (its `ast`), sed, PowerShell, cmd.exe
* consoles of editors, databases and debuggers, by the few commands that leave for a file or a shell (`console_escapes`)

What may not be broken: a language that is in no table is opaque as a whole, and code in it is never silently taken for
harmless. No module but a language's own compares with that language's name (a gate holds it), so that adding one is a
module and a word here.
"""

from __future__ import annotations

from gateway.shell.usage import STDOUT_UNKNOWN, Usage

__all__ = ["BY_CALLS", "BY_READER", "CONSOLES", "read_code"]

BY_CALLS = frozenset("applescript awk cmake elixir groovy java javascript julia lua make perl php r ruby tcl".split())
"""Languages with a `LANGUAGE` in the module of their name."""
BY_READER = {
    "cmd": ("cmd", "read_cmd"),
    "patch": ("patch_headers", "read_patch"),
    "powershell": ("powershell", "read_powershell"),
    "powershell-encoded": ("powershell", "read_encoded_powershell"),
    "python": ("python.code", "read_python"),
    "sed": ("sed", "read_sed_script"),
}
"""Language -> (its module here, the function there that reads code)."""
CONSOLES = frozenset("elisp expect gdb mysql psql screen sqlite tmux vim".split())
"""Languages whose commands are patterns."""


def read_code(language: str, code: str) -> Usage:
    """Return what code in a language would do, as far as it can be read; the rest is opaque, and says why."""
    if language in BY_CALLS:
        from gateway.shell.languages.script.reader import read_script

        return read_script(__import__(f"gateway.shell.languages.{language}", fromlist=["LANGUAGE"]).LANGUAGE, code)
    if language in BY_READER:
        name, function = BY_READER[language]
        usage: Usage = getattr(__import__(f"gateway.shell.languages.{name}", fromlist=[function]), function)(code)
        return usage
    if language in CONSOLES:
        from gateway.shell.languages.console_escapes import read_console

        return read_console(language, code)
    return Usage(opaque=f"{language} code", stdout=STDOUT_UNKNOWN)
