"""Settings whose value is a command line: read whole, as the shell will, and passed over only when all they do is start
an ordinary program. Pure.

`GIT_EDITOR="cat .env" git commit --amend` prints the file: git gives the value to a shell (git-var(1),
`run-command.c`). What stands behind the first word is what counts.
"""

from __future__ import annotations

from gateway.model.action import RUN
from gateway.model.paths import is_system_program

EDITORS_AND_PAGERS = frozenset(
    "cat less more most true false : vi vim nvim nano emacs ed code bat delta vimdiff echo view".split()
)
"""Programs whose naming as editor, pager or helper is no news."""

_COMPILERS = frozenset(
    "cc c++ gcc g++ clang clang++ clang-cl tcc icc icx icpx nvcc hipcc emcc em++ mpicc mpicxx zig ccache sccache distcc".split()
)
_MARKS = frozenset(";|&$`<>(){}\"'\\*?[]!#\n")
"""Characters that mean something to a shell."""
_VERSION = "0123456789."
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.action import Action


def is_ordinary(actions: list[Action], *, compiles: bool = False) -> bool:
    """Whether all that a setting's value does is to start one ordinary program of the system, with plain switches.

    actions   everything that the value does when it is run
    compiles  the setting names a compiler: with whatever options, as long as they touch nothing
    """
    if not actions or any(action.verb != RUN or action.opaque for action in actions):
        return False
    if compiles:
        return all(is_system_program(action.words[0]) and _is_compiler(action.words[0]) for action in actions)
    return len(actions) == 1 and _names_ordinary(actions[0].words)


def is_plain(text: str) -> bool:
    """Whether a value is so plain that no shell makes more of it than one ordinary program with switches."""
    words = tuple(text.split())
    return not set(text) & _MARKS and bool(words) and _names_ordinary(words)


def _names_ordinary(words: tuple[str, ...]) -> bool:
    ordinary = is_system_program(words[0]) and words[0].rpartition("/")[2] in EDITORS_AND_PAGERS
    return ordinary and all(map(_is_switch, words[1:]))


def _is_compiler(path: str) -> bool:
    """Whether a program is a compiler or what stands before one: `clang-17`, `x86_64-linux-gnu-gcc`."""
    name = path.rpartition("/")[2].rstrip(_VERSION).rstrip("-")
    return name in _COMPILERS or name.rpartition("-")[2] in _COMPILERS


def _is_switch(word: str) -> bool:
    """Whether a word can only be a switch: nothing stands in it that could be a file or a command."""
    name = word[2:] if word.startswith("--") else word[1:]
    return word.startswith("-") and bool(name) and not set(name.replace("-", "")) - _LETTERS
