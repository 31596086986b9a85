"""Commands of editors, database shells and debuggers: the few that leave for a file or a shell. Pure."""

from __future__ import annotations

import re

from gateway.model.action import CONNECT, READ, WRITE
from gateway.shell.usage import START_SHELL, STDIN_DATA, STDOUT_UNKNOWN, Effect, Start, Usage
from gateway.shell.values import Value

_SHELL, _READ, _WRITE = "shell", "read", "write"
_QUOTED = r"""['"]([^'"]+)['"]"""

_RULES = {
    "vim": (
        (_SHELL, r"(?:^|[|:\n])\s*(?:silent!?\s+)?(?:%|\.|'<,'>|\d+,\d+|\$)*!+\s*([^\n]+)"),
        (_SHELL, r"(?:system|systemlist|termopen|job_start)\s*\(\s*" + _QUOTED),
        (_SHELL, r"(?:^|[|:\n])\s*(?:term|terminal|make|grep)!?\s+([^\n|]+)"),
        (_SHELL, r"os\.(?:execute|system)\s*\(\s*" + _QUOTED),
        (_SHELL, r"(?:^|[|:\n])\s*(?:r|read|w|write)\s+!\s*([^\n]+)"),
        (_WRITE, r"(?:^|[|:\n])\s*(?:%|\d+,\d+)?(?:w|wq|x|saveas|sav|write|up|update)!?\s+(?:>>\s*)?([^\s!|][^\s|]*)"),
        (
            _READ,
            r"(?:^|[|:\n])\s*(?:r|read|e|edit|sp|split|vs|vsplit|tabe|tabedit|so|source|view)!?\s+([^\s!|][^\s|]*)",
        ),
        (_READ, r"readfile\s*\(\s*" + _QUOTED),
    ),
    "psql": (
        (_SHELL, r"\\!\s*([^\n]+)"),
        (_SHELL, r"(?i)(?:to|from)\s+program\s+'((?:[^']|'')+)'"),
        (_SHELL, r"\\(?:o|g|w|copy[^\n]{0,200}?(?:to|from)\s+program)\s*\|?\s*'?(?<=[|'])([^\n']+)"),
        (_READ, r"(?i)\bcopy\b[^;\n]{0,200}?\bfrom\s+'([^']+)'"),
        (_WRITE, r"(?i)\bcopy\b[^;\n]{0,200}?\bto\s+'([^']+)'"),
        (_READ, r"(?i)pg_read_(?:binary_)?file\s*\(\s*'([^']+)'"),
        (_READ, r"(?:^|\n|;)\s*\\(?:i|ir|include)\s+([^\s|]+)"),
        (_WRITE, r"(?:^|\n|;)\s*\\(?:o|w)\s+([^\s|][^\s]*)"),
    ),
    "mysql": (
        (_SHELL, r"(?:^|\n|;)\s*(?:\\!|system)\s+([^\n]+)"),
        (_READ, r"(?i)\bload\s+data\s+(?:local\s+)?infile\s+" + _QUOTED),
        (_WRITE, r"(?i)\binto\s+(?:outfile|dumpfile)\s+" + _QUOTED),
        (_READ, r"(?i)load_file\s*\(\s*" + _QUOTED),
        (_READ, r"(?:^|\n|;)\s*(?:source|\\\.)\s+([^\s;]+)"),
        (_WRITE, r"(?:^|\n|;)\s*(?:tee|\\T)\s+([^\s;]+)"),
    ),
    "sqlite": (
        (_SHELL, r"(?:^|\n)\s*\.(?:shell|system)\s+([^\n]+)"),
        (_SHELL, r"(?:^|\n)\s*\.(?:output|once|import|excel)\s+['\"]?\|\s*([^\n'\"]+)"),
        (_READ, r"(?:^|\n)\s*\.(?:read|import|open|restore)\s+['\"]?([^\s|'\"]+)"),
        (_WRITE, r"(?:^|\n)\s*\.(?:output|once|save|backup|log)\s+['\"]?([^\s|'\"]+)"),
        (_READ, r"(?i)readfile\s*\(\s*" + _QUOTED),
        (_WRITE, r"(?i)writefile\s*\(\s*" + _QUOTED),
        (_READ, r"(?i)attach\s+(?:database\s+)?" + _QUOTED),
    ),
    "gdb": (
        (_SHELL, r"(?:^|\n)\s*(?:shell|!|platform shell|make|pipe)\s*([^\n]+)"),
        (_SHELL, r"(?:system|popen)\s*\(\s*" + _QUOTED),
    ),
    "expect": ((_SHELL, r"(?:^|[;\n\[{])\s*(?:spawn|exec|system)\s+(?:-\w+\s+)*([^\n;\]}]+)"),),
    "elisp": (
        (_SHELL, r'\((?:async-)?shell-command(?:-to-string)?\s+"((?:[^"\\]|\\.)+)"'),
        (_READ, r'\((?:find-file|insert-file-contents(?:-literally)?|load|load-file)\s+"((?:[^"\\]|\\.)+)"'),
        (_WRITE, r'\((?:delete-file|delete-directory|write-file|make-directory)\s+"((?:[^"\\]|\\.)+)"'),
    ),
    "screen": ((_SHELL, r"(?:^|\n)\s*(?:exec|screen)\s+([^\n]+)"),),
    "tmux": ((_SHELL, r"(?:run-shell|if-shell|new-session|new-window)\s+['\"]?([^\n'\"]+)"),),
}
"""Language -> (what, pattern whose group is its argument)."""

_OPAQUE = {
    "vim": r"(?:^|[|:\n])\s*(?:py3?|python3?|pyx|lua|perl|ruby|exe|execute|normal!?)\b|<C-R>=",
    "gdb": r"(?:^|\n)\s*(?:python|py|guile|script)\b",
    "expect": r"(?:^|[;\n\[{])\s*(?:eval|source|open|file|subst|uplevel)\b",
    "elisp": r"\((?:call-process|start-process|make-process|process-file|write-region|copy-file|rename-file|eval|funcall|apply|url-|require|open-network-stream|make-network-process)[\w-]*",
    "sqlite": r"(?i)load_extension\s*\(|(?:^|\n)\s*\.load\b",
}


def read_console(language: str, code: str) -> Usage:
    """Return what console commands do outside their program."""
    effects: list[Effect] = []
    starts: list[Start] = []
    for what, pattern in _RULES.get(language, ()):
        for match in re.finditer(pattern, code):
            text = match.group(1).strip()
            if what == _SHELL:
                starts.append(Start(START_SHELL, code=Value(text)))
            elif "://" in text:
                effects.append(Effect(CONNECT, Value(text)))
            else:
                effects.append(Effect(READ if what == _READ else WRITE, Value(text)))
    opaque = ""
    hidden = _OPAQUE.get(language)
    if hidden and (seen := re.search(hidden, code)):
        opaque = f"`{seen.group(0).strip(' :|')}` inside {language}"
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN, opaque=opaque)
