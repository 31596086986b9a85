"""The reader with a language made up here: what each declared field changes."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.model.action import UNKNOWN
from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.reader import MAX_ARGUMENT_TOKENS, MAX_CODE, read_script
from gateway.shell.languages.script.tokens import Lexis

CALLS = calls_table("""
sh : shell
start : argv
get : read
put : write
both : read+write@1
gone : delete
dir : list
open : open
any : file
load : code
url : url
""")


def read(code: str, **fields: Any) -> str:
    """Return what code does in a language with these fields, in a few words."""
    usage = read_script(Language("toy", Lexis(), CALLS, **fields), code)
    words = [f"{effect.verb} {effect.value.text}" for effect in usage.effects]
    words += [
        f"{start.kind} {start.code.text if start.code else ' '.join(value.text for value in start.argv)}" + (" <" if start.given else "")
        for start in usage.starts
    ]
    return " · ".join([*words, *(["OPAQUE"] if usage.opaque else [])]).replace(UNKNOWN, "□") or "nothing"


@pytest.mark.parametrize(
    ("code", "does"),
    [
        ("get('a')", "read a"),
        ("get(x)", "read □"),
        ("get()", "nothing"),
        ("both('a', 'b')", "read a · write b"),
        ("a = 'x'; get(a)", "read x"),
        ("a = 'x'; a = f(); get(a)", "read □"),
        ("get('a' + 'b')", "read ab"),
        ("get('a' + x)", "read a□"),
        ("sh('rm x')", "shell rm x"),
        ("sh('rm', x)", "argv rm □"),
        ("sh()", "OPAQUE"),
        ("start('sh', 'w')", "argv sh w <"),
        ("open('a')", "read a"),
        ("open('a', 'w')", "write a"),
        ("open('a', 'r+')", "read a · write a"),
        ("open('|rm x')", "shell rm x"),
        ("any('https://e.example')", "connect https://e.example"),
        ("load('https://e.example')", "connect https://e.example · OPAQUE"),
        ("dir('/etc'); gone(x)", "read /etc · write /etc/□"),
        ("url(url('https://e.example'))", "connect https://e.example"),
        ("get", "nothing"),
        ("'unclosed", "OPAQUE"),
        ("# get('a')", "nothing"),
    ],
)
def test_calls(code: str, does: str) -> None:
    assert read(code) == does


@pytest.mark.parametrize(
    ("fields", "code", "without", "with_it"),
    [
        ({"bare_calls": True}, "put x", "nothing", "write □"),
        ({"statements": frozenset(("load",))}, "load x", "nothing", "read □"),
        ({"opaque_calls": frozenset(("run",))}, "run('a')", "nothing", "code a"),
        ({"opaque_calls": frozenset(("run",)), "native_calls": frozenset(("run",))}, "run('a')", "nothing", "OPAQUE"),
        ({"opaque_calls": frozenset(("run",)), "bare_evaluation": True}, "run x", "nothing", "OPAQUE"),
        ({"opaque_calls": frozenset(("eval",)), "evaluation_blocks": True}, "eval { x }", "nothing", "nothing"),
        ({"opaque_calls": frozenset(("eval",))}, "eval { x }", "nothing", "OPAQUE"),
        ({"computed_members": True}, "x['a' + 'b']('rm')", "nothing", "OPAQUE"),
        ({"variable_calls": True}, "$f('rm')", "nothing", "OPAQUE"),
        ({"function_values": True}, "f = m.sh; f('x')", "nothing", "OPAQUE"),
        ({"options_behind_command": True}, "sh('a', x)", "argv a □", "shell a"),
        ({"listed_arguments": True}, "start('a', ['b'], 'c')", "argv a b c", "argv a b"),
        ({"pipe_modes": ()}, "sh('a', 'w')", "shell a <", "argv a w"),
        ({"typing_names": ("stdin",)}, "sh('a').stdin", "shell a", "shell a <"),
        ({"joins": (".",)}, "get('a' . 'b')", "read a", "read ab"),
        ({"joins": (".",), "doubled_joins": True}, "get('a' .. 'b')", "read a", "read ab"),
        ({"value_ends": (".",)}, "a = 'x'; get(a.b)", "read x", "read □"),
        ({"homes": (["home", "(", ")"],)}, "get(home() + '/x')", "read □", "read ~/x"),
        ({"expanded": (["full", "("],)}, "get(full('~/x'))", "read □", "read ~/x"),
        ({"on_name": lambda reading, at, name: name == "get"}, "get('a')", "read a", "nothing"),
        ({"on_text": lambda reading, at, text: reading.hide(text)}, "'a'", "nothing", "OPAQUE"),
        ({"on_mark": lambda reading, at, text: reading.file(text)}, "<", "nothing", "read <"),
        ({"open_file": lambda reading, texts: reading.file(texts[1])}, "open('a', 'b')", "nothing", "read b"),
        ({"arguments_end": lambda reading, at, last: at + 1}, "start('a', 'b')", "argv a b", "argv a"),
    ],
)
def test_fields(fields: dict[str, Any], code: str, without: str, with_it: str) -> None:
    assert (read(code), read(code, **fields)) == (without, with_it)


def test_all_variables_flow_to_the_output() -> None:
    language = Language("toy", Lexis(), CALLS, is_environment=lambda tokens, at: tokens[at][1] == "vars")
    assert (read_script(language, "vars").stdout, read_script(language, "var").stdout) == ("environment", "unknown")


def test_code_that_is_too_long_is_opaque() -> None:
    assert read_script(Language("toy", Lexis(), CALLS), " " * (MAX_CODE + 1)).opaque == "toy code too long to read"
    assert read("get(" + "(" * MAX_ARGUMENT_TOKENS + ")") == "OPAQUE"
