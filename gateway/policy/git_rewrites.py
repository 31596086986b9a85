"""What a git command lays into the work tree: which revisions, compared with which, or which paths. Pure.

Sources: git-checkout(1), git-switch(1), git-restore(1), git-reset(1), git-merge(1), git-rebase(1), git-cherry-pick(1),
git-stash(1), git-pull(1), git-clean(1) of Git 2.39.
"""

from __future__ import annotations

from gateway.catalog.options import YES, takes_value
from gateway.model.record import Record
from gateway.policy.unnamed_writes import git_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.action import Action

_ELSEWHERE = ("--git-dir", "--work-tree", "--namespace", "--config-env")
_GOING_ON = frozenset(("--abort", "--continue", "--skip", "--quit", "--edit-todo", "--show-current-patch"))
_UPSTREAM = "@{upstream}"
_UNSEEN = frozenset(("-p", "--patch", "--pathspec-from-file"))
"""Options by which something else than the command line says what is laid."""
_INDEX_ONLY = frozenset(("-q", "--quiet", "--mixed", "--soft", "-N", "--intent-to-add", "-p", "--patch"))
INDEX = ":"
"""What is noted for the next commit, in the place of a revision."""
_MOVING = frozenset("branch tag update-ref symbolic-ref worktree bundle fast-import commit-tree replace notes".split())
"""git commands that may let a name stand for another revision."""


class Rewrite(Record):
    """What one command lays into the work tree.

    folder            where git works, as it is written, "" for the working folder
    revisions         what is laid there; none: nothing is
    compared_with     what each of them is a change of: one for all, or one for each
    paths             what is laid instead, where it is named
    maybe_paths       operands that are paths where they are no revisions
    overwrites        what was edited and not committed is thrown away
    removes_untracked  files that git does not know are taken away, too
    removes_ignored    and those that it is told to leave alone
    """

    __slots__ = (
        "compared_with",
        "folder",
        "maybe_paths",
        "overwrites",
        "paths",
        "removes_ignored",
        "removes_untracked",
        "revisions",
    )

    def __init__(
        self,
        revisions: tuple[str, ...] = (),
        *,
        compared_with: tuple[str, ...] = ("HEAD",),
        paths: tuple[str, ...] = (),
        maybe_paths: tuple[str, ...] = (),
        overwrites: bool = False,
        removes_untracked: bool = False,
        removes_ignored: bool = False,
    ) -> None:
        self.folder = ""
        self.revisions = tuple("@{-1}" if revision == "-" else revision for revision in revisions)
        self.compared_with = compared_with
        self.paths = paths
        self.maybe_paths = maybe_paths
        self.overwrites = overwrites
        self.removes_untracked = removes_untracked
        self.removes_ignored = removes_ignored


def rewrite_of(action: Action) -> Rewrite | None:
    """Return what a git command lays into the work tree, None for one of which that is not known."""
    folder, before, command = git_line(action)
    if any(word.startswith(_ELSEWHERE) or word.lower().startswith("core.worktree") for word in before) or not command:
        return None
    verb, flags, operands, named = _read(command)
    reader = _READERS.get(verb)
    rewrite = reader(flags, operands, named) if reader is not None else None
    if rewrite is not None:
        rewrite.folder = folder
    return rewrite


def moves_names(action: Action) -> bool:
    """Whether a git command may let a branch or tag stand for another revision than it does now."""
    command = git_line(action)[2]
    return bool(command) and command[0] in _MOVING


def _read(words: list[str]) -> tuple[str, set[str], list[str], list[str] | None]:
    """Return (command, options, operands, paths behind `--` or None); options that take a value keep it as an operand
    of their own under `NAME=`.
    """
    verb, *rest = words
    flags: set[str] = set()
    operands: list[str] = []
    at = 0
    while at < len(rest):
        word = rest[at]
        if word == "--":
            return verb, flags, operands, rest[at + 1 :]
        if word.startswith("-") and len(word) > 1:
            glued = word[1] != "-" and len(word) > 2 and takes_value(word[:2], "git", (verb,), "") == YES
            flags.update((word[:2], f"{word[:2]}={word[2:]}") if glued else _names(word))
            if not glued and takes_value(word, "git", (verb,), "") == YES:
                at += 1
                flags.add(f"{word}={rest[at] if at < len(rest) else ''}")
        else:
            operands.append(word)
        at += 1
    return verb, flags, operands, None


def _names(word: str) -> list[str]:
    if word.startswith("--"):
        return [word, word.partition("=")[0]]
    return [f"-{letter}" for letter in word[1:]]


def _switched(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    """`git switch`, and `git checkout` of a branch."""
    made = flags & {"-b", "-B", "-c", "-C", "--orphan", "--create", "--force-create"}
    forced = bool(flags & {"-f", "--force", "--discard-changes"})
    if flags & _UNSEEN:
        return None
    if named:
        return Rewrite(tuple(operands[:1]) or (INDEX,), paths=tuple(named))
    if named is not None:
        return Rewrite(tuple(operands[:1]), overwrites=forced)
    if made:
        return Rewrite(tuple(operands[:1]), overwrites=forced)
    if len(operands) > 1:
        return Rewrite(tuple(operands[:1]), paths=tuple(operands[1:]))
    revisions = tuple(operands) or (("HEAD",) if forced else ())
    return Rewrite(revisions, maybe_paths=tuple(operands), overwrites=forced)


def _restored(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    if flags & {"-S", "--staged"} and not flags & {"-W", "--worktree"}:
        return Rewrite()
    paths = (*operands, *(named or ()))
    if not paths or flags & _UNSEEN:
        return None
    given = {flag for flag in flags if flag.startswith(("-s", "--so", "--s"))} - {"-s", "--source", "--staged"}
    source = [flag.partition("=")[2] for flag in given if flag.startswith(("-s=", "--source="))]
    if given and len(source) != 1:
        return None  # cut short: `--sour REVISION`
    return Rewrite((source[0] if source else INDEX,), paths=paths)


def _reset(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    if named or flags <= _INDEX_ONLY:
        return Rewrite()  # only what is noted for the next commit
    return Rewrite(tuple(operands[:1]) or ("HEAD",), overwrites=not flags & {"--merge", "--keep"})


def _merged(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    if flags & _GOING_ON:
        return Rewrite()
    return Rewrite(tuple(operands) or (_UPSTREAM,))


def _rebased(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    if flags & {"-i", "--interactive", "--edit-todo"}:
        return None  # an editor says what is laid
    if flags & _GOING_ON:
        return Rewrite()
    onto = tuple(flag.partition("=")[2] for flag in flags if flag.startswith("--onto="))
    return Rewrite((*onto, *operands) if operands else (*onto, _UPSTREAM))


def _picked(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    """`git cherry-pick` and `git revert`: what each commit changed of the one before it."""
    if flags & _GOING_ON:
        return Rewrite()
    if not operands or flags & {"-m", "--mainline"} or any(".." in word or word.startswith("^") for word in operands):
        return None
    return Rewrite(tuple(operands), compared_with=tuple(f"{word}^" for word in operands))


def _stashed(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    verb, rest = (operands[0], operands[1:]) if operands else ("push", [])
    if verb in ("list", "show", "drop", "clear", "create", "store"):
        return Rewrite()
    if verb in ("pop", "apply", "branch"):
        entries = rest[1:] if verb == "branch" else rest
        entry = entries[0] if entries else "0"
        entry = f"stash@{{{entry}}}" if entry.isdigit() else entry
        return Rewrite((entry,), compared_with=(f"{entry}^1",))
    if verb not in ("push", "save"):
        return None
    paths = (*(rest if verb == "push" else ()), *(named or ()))
    if paths:
        return Rewrite(("HEAD",), paths=paths)
    ignored = bool(flags & {"-a", "--all"})
    untracked = ignored or bool(flags & {"-u", "--include-untracked"})
    return Rewrite(("HEAD",), overwrites=True, removes_untracked=untracked, removes_ignored=ignored)


def _pulled(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    """`git pull`: what is fetched now cannot be known before; what was fetched last time can."""
    branch = operands[1].partition(":")[0] if len(operands) > 1 else ""
    return Rewrite((f"refs/remotes/{operands[0]}/{branch}" if branch else _UPSTREAM,))


def _cleaned(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    if flags & {"-n", "--dry-run"} or not flags & {"-f", "--force"}:
        return Rewrite()
    paths = (*operands, *(named or ()))
    ignored = bool(flags & {"-x", "-X"})
    return Rewrite(("HEAD",), paths=paths, removes_untracked=True, removes_ignored=ignored)


def _bisected(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    """`git bisect` lays one revision after the other, and runs a program on each."""
    return Rewrite() if operands[:1] in (["log"], ["view"], ["visualize"], ["help"]) else None


def _sparse(flags: set[str], operands: list[str], named: list[str] | None) -> Rewrite | None:
    """`git sparse-checkout` takes away what it does not list."""
    return Rewrite() if operands[:1] == ["list"] else None


_READERS = {
    "bisect": _bisected,
    "sparse-checkout": _sparse,
    "checkout": _switched,
    "switch": _switched,
    "restore": _restored,
    "reset": _reset,
    "merge": _merged,
    "rebase": _rebased,
    "cherry-pick": _picked,
    "revert": _picked,
    "stash": _stashed,
    "pull": _pulled,
    "clean": _cleaned,
}
"""git commands of which it is known what they lay into the work tree."""
