"""Action: the one thing that policy judges. Pure; names no agent and no tool.

Everything a call would do is told as actions, so that `Read`, `cat`, an MCP tool and a curl upload of the
same file meet the same rule.
"""

from __future__ import annotations

from gateway.model.record import Record

READ = "read"
WRITE = "write"
RUN = "run"
CONNECT = "connect"
USE = "use"

VERBS = (READ, WRITE, RUN, CONNECT, USE)

UNKNOWN = "\0"
"""Stands, inside a target or a word, for a run of characters that cannot be known before the call runs."""

# How an action touches its target (`Action.how`).
TREE = "tree"  # everything below the target too (grep -r, cp -r, tar, rm -r)
GLOB = "glob"  # the target is a pattern; it touches what the pattern matches
LIST = "list"  # only names are read (ls, find, Glob)
DELETE = "delete"  # the target goes away
CREATE = "create"  # the target comes to be without old content being lost
META = "meta"  # only attributes are looked at or changed (test -f, stat, chmod)
SEARCH = "search"  # a tree read by a search that skips hidden and ignored files (ripgrep)

# How a program is run.
WRAPPER = "wrapper"  # starts what it was given and changes nothing (env, timeout, nice, xargs)
RUNNER = "runner"  # starts a program of the project's (uv run, npm run, make, npx)
ASSIGNMENT = "assignment"  # an assignment that changes what a later program does (PAGER=…, LD_PRELOAD=…)
REMOTE = "remote"  # runs on another machine: its paths are not paths of this one
INLINE = "inline"  # an inner shell or inline code, judged on its own even under a runner
DATA = "data"  # a shell builtin without effect outside the shell (cd, echo, test, true)

# Where what flows into an action came from (`Action.carries`), each followed by `:` and a detail.
FROM_FILE = "file"  # file:/absolute/path
FROM_NETWORK = "network"  # network:host
FROM_DECODER = "decoder"  # decoder:program
FROM_UNKNOWN = "unknown"  # unknown:why, a program whose output cannot be known


class Action(Record):
    """One read, write, run, connect or use that a call would cause.

    target   path as asked, program as written, host or URL as written, or tool name; holds UNKNOWN where not constant
    opaque   why we could not see inside, or ""
    carries  what flows into it: `kind:detail` strings (FROM_*)
    words    for RUN: the whole argument vector, the program first
    how      manner flags (TREE, GLOB, …)
    base     folder that a relative target is relative to; "" is the call's own cwd; UNKNOWN after a `cd` we could not
             follow
    via      index, among the call's actions, of the RUN that starts this one, or -1
    span     (start, end) offsets in the command line it was found in, or (-1, -1)
    """

    __slots__ = ("base", "carries", "how", "opaque", "span", "target", "verb", "via", "words")

    def __init__(
        self,
        verb: str,
        target: str,
        *,
        opaque: str = "",
        carries: tuple[str, ...] = (),
        words: tuple[str, ...] = (),
        how: tuple[str, ...] = (),
        base: str = "",
        via: int = -1,
        span: tuple[int, int] = (-1, -1),
    ) -> None:
        self.verb = verb
        self.target = target
        self.opaque = opaque
        self.carries = carries
        self.words = words
        self.how = how
        self.base = base
        self.via = via
        self.span = span
