"""Usage: what one program would do with one argument vector. Pure data, made by `gateway.shell.programs`.

The walker (`gateway.shell.interpreter.interpreter`) knows pipes, redirections, variables and folders; the program table
knows options and operands. This is all they say to each other.
"""

from __future__ import annotations

from gateway.model.record import Record
from gateway.shell.values import Value

# What a program does with its standard input (`Usage.stdin`).
STDIN_IGNORED = ""
STDIN_DATA = "data"  # reads it and passes it on to its output (cat, sort, grep, jq)
STDIN_SENT = "sent"  # sends it to the hosts it connects to (curl -d @-, nc, ssh)
STDIN_CODE = "code"  # runs it as code of `stdin_language`
STDIN_ARGUMENTS = "arguments"  # makes words of it for the command it starts (xargs, parallel)
STDIN_STORED = "stored"  # writes it to the files it writes (tee, dd of=)

# What its standard output is made of (`Usage.stdout`).
STDOUT_NONE = ""  # nothing of interest (a status line, nothing)
STDOUT_DATA = "data"  # what it read: its standard input and the files it reads
STDOUT_NETWORK = "network"  # what a host answered
STDOUT_DECODED = "decoded"  # its input, decoded (base64 -d, xxd -r, openssl enc -d, gunzip)
STDOUT_KNOWN = "known"  # exactly `Usage.output`, if that is fully known (echo, printf)
STDOUT_NAMES = "names"  # names of files or things (ls, find, git ls-files)
STDOUT_ENVIRONMENT = "environment"  # variables (env, printenv, set, export -p)
STDOUT_UNKNOWN = "unknown"  # made by a program we know nothing of

# What a program starts (`Start.kind`).
START_ARGV = "argv"  # `argv`, at once
START_SHELL = "shell"  # `code` as shell text
START_CODE = "code"  # `code` in `language`
START_FILE = "file"  # the script `code` (a path) in `language`; "" when unknown


ALL = "all"
SOME = "some"


class Effect(Record):
    """A file read or written, or a host contacted: an Action before its folder and carries are known."""

    __slots__ = ("how", "opaque", "value", "verb")

    def __init__(self, verb: str, value: Value, how: tuple[str, ...] = (), opaque: str = "") -> None:
        self.verb = verb
        self.value = value
        self.how = how
        self.opaque = opaque


class Start(Record):
    """Something a program starts.

    extra    further words follow `argv`: ALL that come in at once (xargs), SOME of them at a time (xargs -n, find -exec
             {} +)
    remote   it runs on another machine or in a container: its paths are not this machine's
    folder   the working directory it is started in, or None for the same
    mounts   what it finds of this machine's there: (name there, file or folder here)
    assigned variables it is started with, as `NAME=value`
    given    what it is given to read, or None for what the one that starts it reads
    setting  it is the value of a setting: an ordinary editor or pager is not worth a word
    """

    __slots__ = (
        "argv",
        "assigned",
        "code",
        "extra",
        "folder",
        "given",
        "kind",
        "language",
        "mounts",
        "remote",
        "setting",
    )

    def __init__(
        self,
        kind: str,
        *,
        argv: tuple[Value, ...] = (),
        code: Value | None = None,
        language: str = "",
        extra: str = "",
        remote: bool = False,
        mounts: tuple[tuple[str, Value], ...] = (),
        folder: Value | None = None,
        assigned: tuple[Value, ...] = (),
        given: Value | None = None,
        setting: bool = False,
    ) -> None:
        self.setting = setting
        self.assigned = assigned
        self.given = given
        self.kind = kind
        self.argv = argv
        self.code = code
        self.language = language
        self.extra = extra
        self.remote = remote
        self.mounts = mounts
        self.folder = folder


class Usage(Record):
    """What one program does with one argument vector.

    how        manner flags of the RUN action itself (WRAPPER, RUNNER, REMOTE, DATA …; see gateway.model.action)
    effects    files and hosts it touches, in order
    starts     what else it runs
    stdin      STDIN_*; `stdin_language` when it is STDIN_CODE ("sh", "python", "javascript", …)
    stdout     STDOUT_*; `output` when it is STDOUT_KNOWN
    opaque     why we cannot tell what it does, or ""
    known      the program is in the table
    """

    __slots__ = ("effects", "how", "known", "opaque", "output", "starts", "stdin", "stdin_language", "stdout")

    def __init__(
        self,
        *,
        how: tuple[str, ...] = (),
        effects: tuple[Effect, ...] = (),
        starts: tuple[Start, ...] = (),
        stdin: str = STDIN_IGNORED,
        stdin_language: str = "",
        stdout: str = STDOUT_UNKNOWN,
        output: Value | None = None,
        opaque: str = "",
        known: bool = True,
    ) -> None:
        self.how = how
        self.effects = effects
        self.starts = starts
        self.stdin = stdin
        self.stdin_language = stdin_language
        self.stdout = stdout
        self.output = output
        self.opaque = opaque
        self.known = known
