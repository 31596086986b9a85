"""Inline code: what a piece of code given on a command line would plainly do. Pure; a reader is loaded when its language is met."""

from __future__ import annotations

from gateway.shell.usage import STDOUT_UNKNOWN, Usage

_SCANNED = frozenset(
    "javascript perl ruby php lua awk tcl r julia groovy scala kotlin elixir erlang applescript vim psql mysql sqlite gdb java cmake make screen tmux".split()
)

__all__ = ["read_code"]


def read_code(language: str, code: str) -> Usage:
    """Return what code in a language would do, as far as it can be read; the rest is opaque, and says why."""
    if language == "python":
        from gateway.shell.languages.python.reader import read_python

        return read_python(code)
    if language == "sed":
        from gateway.shell.languages.sed import read_sed_script

        return read_sed_script(code)
    if language in ("powershell", "powershell-encoded"):
        from gateway.shell.languages.powershell import read_powershell

        return read_powershell(code, encoded=language.endswith("encoded"))
    if language == "cmd":
        from gateway.shell.languages.cmd import read_cmd

        return read_cmd(code)
    if language in ("vim", "psql", "mysql", "sqlite", "gdb", "screen", "tmux", "elisp", "expect"):
        from gateway.shell.languages.console_escapes import read_console

        return read_console(language, code)
    if language in _SCANNED:
        from gateway.shell.languages.script.calls import CALLS
        from gateway.shell.languages.script.reader import read_script

        if language in CALLS:
            return read_script(language, code)
    return Usage(opaque=f"{language} code", stdout=STDOUT_UNKNOWN)
