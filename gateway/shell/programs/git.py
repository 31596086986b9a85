"""git: files it writes and reads, hosts it contacts, and the many settings and options that run a program. Pure.

Sources: git-config(1) and gitattributes(5); CVE-2017-1000117 (`ssh://-oProxyCommand`), CVE-2022-24765 and the
`core.fsmonitor` class.
"""

from __future__ import annotations

from gateway.catalog.options import exact, loose
from gateway.model.action import CONNECT, CREATE, DELETE, META, READ, SEARCH, TREE, UNKNOWN, WRITE
from gateway.model.record import replaced
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.programs.unknown import looks_like_file
from gateway.shell.settings import is_plain
from gateway.shell.usage import (
    START_FILE,
    START_SHELL,
    STDIN_DATA,
    STDIN_SENT,
    STDOUT_DATA,
    STDOUT_NAMES,
    STDOUT_NETWORK,
    STDOUT_NONE,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_GLOBAL = exact("git")
_RUNS = frozenset(
    "core.pager core.editor core.sshcommand core.fsmonitor core.askpass core.gitproxy core.alternaterefscommand diff.external sequence.editor"
    " credential.helper gpg.program gpg.ssh.program gpg.x509.program gpg.openpgp.program gpg.ssh.defaultkeycommand interactive.difffilter"
    " uploadpack.packobjectshook web.browser man.viewer ssh.command sendemail.smtpserver sendemail.sendmailcmd imap.tunnel diff.guitool merge.guitool"
    " receive.procreceiverefs instaweb.httpd help.browser trailer.command rebase.exec notes.rewriteref init.templatedir core.hookspath core.attributesfile"
    " remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs".split()
)
_RUNNING_ENDS = tuple(
    ".command .cmd .textconv .driver .clean .smudge .process .path .helper .uploadpack .receivepack .program"
    " .proxy_command".split()
)
_RUNNING_STARTS = tuple(
    "pager. alias. diff. filter. merge. mergetool. difftool. credential. gpg. trailer. man. browser. tar. remote."
    " hook.".split()
)
_USUAL = ("PAGER", "GIT_PAGER", "EDITOR", "VISUAL", "GIT_EDITOR", "MANPAGER", "BROWSER")
"""Variables of the user's own that may well name a program."""
_HELPERS = frozenset("store cache osxkeychain manager manager-core libsecret wincred".split())
"""Stores of passwords that come with git (gitcredentials(7))."""

_VALUES = loose("git")
_LOCAL = frozenset("-x -O -c -C -F -u -o -b".split())


def read_git(argv: tuple[Value, ...]) -> Usage:
    """`git`."""
    parsed = parse_arguments(argv, _GLOBAL, posix=True)
    starts = [start for value in parsed.values("-c") for start in _setting(*_split(value))]
    effects: list[Effect] = [
        Effect(CONNECT, text) for key, text in map(_split, parsed.values("-c")) if key.endswith("proxy") and text.text
    ]
    for value in parsed.values("--exec-path"):
        effects.append(Effect(READ, value, (META,)))
        starts.append(Start(START_SHELL, code=Value(UNKNOWN, sources=value.sources, span=value.span)))
    for value in parsed.values("--config-env"):
        key, name = _split(value)
        starts += _setting(key, Value(UNKNOWN)) if name.text not in _USUAL else []
    if not parsed.operands:
        return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)
    folder = parsed.value("-C")
    usage = _verb(parsed.operands[0].text, tuple(parsed.operands))
    moved = tuple(_inside(effect, folder) for effect in usage.effects)
    files = {
        id(start): _inside(Effect(READ, start.code), folder).value
        for start in usage.starts
        if start.kind == START_FILE and start.code is not None
    }
    started = tuple(replaced(start, code=files[id(start)]) if id(start) in files else start for start in usage.starts)
    return Usage(effects=(*effects, *moved), starts=(*starts, *started), stdin=usage.stdin, stdout=usage.stdout)


def _inside(effect: Effect, folder: Value | None) -> Effect:
    value = effect.value
    if folder is None or effect.verb == CONNECT or value.text.startswith(("/", "~")):
        return effect
    return Effect(
        effect.verb,
        Value(f"{folder.text.rstrip('/')}/{value.text}", sources=value.sources, span=value.span),
        effect.how,
    )


def _split(value: Value) -> tuple[str, Value]:
    key, _, text = value.text.partition("=")
    return key.lower(), Value(text, sources=value.sources, span=value.span)


def runs_program(key: str) -> bool:
    """Whether a configuration key names a program or a folder of programs (git-config(1))."""
    return (
        key in _RUNS
        or key.startswith(("alias.", "pager.", "hook."))
        or (key.startswith(_RUNNING_STARTS) and key.endswith(_RUNNING_ENDS))
    )


def _setting(key: str, value: Value) -> list[Start]:
    """Return what a configuration value starts."""
    if not runs_program(key):
        return []
    text = value.text
    if key in ("core.hookspath", "init.templatedir", "core.attributesfile", "core.fsmonitor") and text in (
        "",
        "/dev/null",
        "true",
        "false",
        "0",
    ):
        return []
    if key.startswith("alias."):
        line = text[1:] if text.startswith("!") else "git " + text
        return [Start(START_SHELL, code=Value(line, sources=value.sources, span=value.span))]
    if key.startswith("pager.") and text in ("true", "false", ""):
        return []
    if not text.split() or (key.endswith("helper") and text in _HELPERS):
        return []
    if key in ("core.hookspath", "init.templatedir"):
        if text.startswith(("/", "~", "..")):
            return [Start(START_SHELL, code=Value(UNKNOWN, sources=value.sources, span=value.span))]
        return [Start(START_SHELL, code=Value(f"{text.rstrip('/')}/hook", sources=value.sources, span=value.span))]
    line = text if not key.startswith("credential.") or text.startswith(("!", "/")) else f"git credential-{text}"
    return [Start(START_SHELL, code=Value(line.lstrip("!"), sources=value.sources, span=value.span), setting=True)]


_REMOTE = frozenset("clone fetch pull push ls-remote remote submodule archive send-email request-pull svn p4".split())


def _verb(verb: str, argv: tuple[Value, ...]) -> Usage:
    """Return what one git command does."""
    rest = argv[1:]
    if verb == "config":
        return _config(rest)
    if verb == "clone":
        return _clone(argv)
    if verb in ("bisect", "submodule") and len(rest) > 1 and rest[0].text in ("run", "foreach"):
        words = (
            [value for value in rest[1:] if not value.text.startswith("--")] if verb == "submodule" else list(rest[1:])
        )
        return Usage(starts=(Start(START_SHELL, code=_line(words)),), stdout=STDOUT_DATA)
    if verb == "filter-branch":
        return _filter_branch(rest)
    if verb == "daemon" or verb == "http-backend" or verb == "shell":
        return Usage(stdin=STDIN_DATA, stdout=STDOUT_DATA)
    parsed = parse_arguments(argv, _VALUES)
    effects, starts = _options(verb, parsed)
    effects += [*_operands(verb, parsed), *_pathspecs(verb, rest, parsed)]
    if verb in ("apply", "am"):  # a patch says in its headers which files it changes
        starts += [Start(START_FILE, code=value, language="patch") for value in parsed.operands]
        return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_SENT, stdout=STDOUT_DATA)
    stdout = (
        STDOUT_NETWORK if verb in ("ls-remote",) else STDOUT_NAMES if verb in ("ls-files", "rev-parse") else STDOUT_DATA
    )
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA,
        stdout=stdout if verb not in ("add", "commit", "init") else STDOUT_NONE,
    )


def _options(verb: str, parsed: Parsed) -> tuple[list[Effect], list[Start]]:
    """Return what options do; several short ones mean a program only for one command."""
    kept = Parsed(
        [(name, value) for name, value in parsed.options if name not in _LOCAL], parsed.operands, parsed.names
    )
    effects, starts = option_effects(kept, _VALUES)
    if verb in ("rebase",):
        starts += [Start(START_SHELL, code=value) for value in parsed.values("-x")]
    if verb == "difftool":
        starts += [Start(START_SHELL, code=value) for value in parsed.values("-x")]
    if verb == "grep":
        for value in parsed.values("-O", "--open-files-in-pager"):
            starts.append(Start(START_SHELL, code=value))
    if verb in ("clone", "fetch", "pull", "ls-remote"):
        starts += [
            Start(START_SHELL, code=value) for value in parsed.values("-u") if verb == "clone" or verb == "ls-remote"
        ]
    if verb in ("commit", "tag", "merge", "notes"):
        effects += [Effect(READ, value) for value in parsed.values("-F", "--file") if value.text != "-"]
    else:
        effects = [effect for effect in effects if effect.verb != READ or META in effect.how or verb != "grep"]
    if verb == "archive":
        effects += [Effect(WRITE, value) for value in parsed.values("-o")]
        effects += [effect for value in parsed.values("--remote") for effect in _remote(value)]
    if verb == "format-patch":
        effects += [Effect(WRITE, value, (CREATE,)) for value in parsed.values("-o", "--output-directory")]
    for value in parsed.values("-c", "--config"):
        if verb in ("clone", "submodule"):
            starts += _setting(*_split(value))
    return effects, starts


def _operands(verb: str, parsed: Parsed) -> list[Effect]:  # noqa: C901
    operands = parsed.operands
    effects: list[Effect] = []
    if verb in _REMOTE:
        effects += [
            effect for value in operands for effect in _remote(value, address=value in _addresses(verb, operands))
        ]
    if verb == "rm" and not parsed.has("--cached"):
        how = (DELETE, TREE) if parsed.has("-r") else (DELETE,)
        effects += [Effect(WRITE, value, how) for value in operands]
    elif verb == "mv":
        effects += [Effect(WRITE, value, (DELETE, "moved")) for value in operands[:-1]] + [
            Effect(WRITE, value) for value in operands[-1:]
        ]
    elif verb == "add" or (verb == "commit" and operands):
        effects += [
            Effect(READ, value)
            for value in operands
            if value.text not in (".", "./", ":/", "*") and not parsed.has("-n", "--dry-run")
        ]
    elif verb == "bundle" and len(operands) > 1:
        effects.append(Effect(WRITE if operands[0].text == "create" else READ, operands[1]))
    elif verb in ("init", "worktree"):
        effects += [
            Effect(WRITE, value, (CREATE,))
            for value in (
                operands[1:2]
                if verb == "worktree" and operands[:1] and operands[0].text == "add"
                else operands[:1]
                if verb == "init"
                else []
            )
        ]
    elif verb == "diff" and parsed.has("--no-index"):
        effects += [Effect(READ, value, (TREE,)) for value in operands]
    elif verb == "grep" and parsed.has("--no-index"):
        effects += [Effect(READ, value, (TREE,)) for value in operands[1:] or [Value(".")]]
    elif verb in ("show", "cat-file"):
        effects += [
            Effect(READ, _named(value))
            for value in operands
            if ":" in value.text and "://" not in value.text and value.text.partition(":")[2]
        ]
    elif verb == "hash-object":
        effects += [Effect(READ, value) for value in operands]
    elif verb == "checkout-index" and parsed.value("--prefix") is not None:
        effects.append(Effect(WRITE, parsed.value("--prefix") or Value("."), ("unpack",)))
    elif verb in ("blame", "annotate"):
        effects += [Effect(READ, value) for value in operands[-1:] if not parsed.has("--contents")]
    elif verb in ("archive", "send-email"):
        effects += [Effect(READ, value) for value in operands[verb == "archive" :] if is_file(value.text)]
    return effects


_PATCH = ("-p", "-u", "--patch", "-L", "-G", "-S")
_NAMES_ONLY = ("--stat", "--name-only", "--name-status", "--shortstat")


def _pathspecs(verb: str, rest: tuple[Value, ...], parsed: Parsed) -> list[Effect]:
    """Return the files whose content a command shows, or puts back as it was committed."""
    dashes = next((index for index, value in enumerate(rest) if value.text == "--"), len(rest))
    files = list(rest[dashes + 1 :])
    shows = verb in ("diff", "show") or (verb in ("log", "whatchanged") and parsed.has(*_PATCH))
    if shows or (verb == "stash" and [value.text for value in parsed.operands[:1]] == ["show"]):
        files = files or [value for value in parsed.operands if is_file(value.text)]
        return [] if parsed.has("--no-index", *_NAMES_ONLY) else [Effect(READ, value) for value in files]
    if verb == "grep" and not parsed.has("--no-index"):
        named = parsed.operands if parsed.has("-e", "-f") else parsed.operands[1:]
        files = files or [value for value in named if is_file(value.text) or value.text.endswith("/")]
        # `src/app` may be a folder, or a branch in which everything is searched.
        files = files or [*(value for value in named if "/" in value.text), Value(".")]
        return [Effect(READ, value, (SEARCH,)) for value in files]
    if verb == "checkout":
        return [Effect(WRITE, value) for value in files]
    if verb == "restore" and (parsed.has("-W", "--worktree") or not parsed.has("-S", "--staged")):
        return [Effect(WRITE, value) for value in parsed.operands]
    return []


def is_file(text: str) -> bool:
    """Whether a word that may be a revision is written like a file: `main..topic` and `origin/main` are none."""
    if text.startswith((".", "/", "~/")):
        return text == ".." or text.startswith("../") or not text.startswith("..")
    return "." in text.rpartition("/")[2] and ":" not in text and ".." not in text and looks_like_file(text)


def _addresses(verb: str, operands: list[Value]) -> list[Value]:
    """Return the operands of which each can only be a remote's name or address."""
    if verb in ("remote", "submodule"):
        return operands[1:] if operands and operands[0].text in ("add", "set-url") else []
    return operands[:1] if verb in ("fetch", "pull", "push", "ls-remote") else []


def _named(value: Value) -> Value:
    """Return the file that `HEAD:path` names: what was committed there is what is read."""
    return Value(value.text.partition(":")[2], sources=value.sources, span=value.span)


def _remote(value: Value, *, address: bool = False) -> list[Effect]:
    """Return the host that a remote's address names; a name such as `origin` stays with git.

    address  only one can stand here, so that it needs neither scheme nor user: `host:path` (git-clone(1), Git URLs)
    """
    text = value.text
    if text.startswith(("ext::", "fd::")):
        return [Effect(CONNECT, Value(UNKNOWN))]
    if "://" in text:
        return [] if text.startswith("file:") else [Effect(CONNECT, value)]
    host, colon, _ = text.partition(":")
    short = address and len(host) > 1 and "::" not in text
    if colon and ("@" in host or short) and "/" not in host:
        return [Effect(CONNECT, Value(host.rpartition("@")[2], sources=value.sources, span=value.span))]
    return []


def _line(values: list[Value]) -> Value:
    sources = tuple(dict.fromkeys(source for value in values for source in value.sources))
    return Value(" ".join(value.text for value in values), sources=sources, span=values[0].span if values else (-1, -1))


def _clone(argv: tuple[Value, ...]) -> Usage:
    parsed = parse_arguments(argv, _VALUES)
    effects, starts = _options("clone", parsed)
    operands = parsed.operands
    if operands:
        source = operands[0]
        effects += _remote(source, address=True)
        if source.text.startswith("ext::"):
            starts.append(Start(START_SHELL, code=Value(source.text[5:], sources=source.sources, span=source.span)))
        if not _remote(source) and source.text.startswith(("/", ".", "~")):
            effects.append(Effect(READ, source, (TREE,)))
        name = source.text.rstrip("/").rpartition("/")[2].rpartition(":")[2].removesuffix(".git")
        effects.append(Effect(WRITE, operands[1] if len(operands) > 1 else Value(name or UNKNOWN), (CREATE,)))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_NONE)


_CONFIG = exact("git", "config")
_CONFIG_READS = tuple(
    "--get --get-all --get-regexp --list -l --get-urlmatch --get-color --get-colorbool --show-origin --name-only".split()
)


def _config(rest: tuple[Value, ...]) -> Usage:
    """`git config`: setting a key that runs a program plants that program."""
    parsed = parse_arguments((Value("config"), *rest), _CONFIG)
    operands = parsed.operands
    if operands and operands[0].text in ("set", "get", "list", "unset", "edit", "remove-section", "rename-section"):
        verb = operands.pop(0).text
        if verb in ("get", "list"):
            return Usage(stdout=STDOUT_DATA)
    if parsed.has(*_CONFIG_READS) or len(operands) < 2:
        return Usage(effects=tuple(Effect(READ, value) for value in parsed.values("-f", "--file")), stdout=STDOUT_DATA)
    starts = _setting(operands[0].text.lower(), operands[1])
    file = parsed.value("-f", "--file")
    target = file or Value(
        "~/.gitconfig" if parsed.has("--global") else "/etc/gitconfig" if parsed.has("--system") else ".git/config"
    )
    sensitive = runs_program(operands[0].text.lower()) and bool(starts) and not is_plain(operands[1].text)
    effects = (Effect(WRITE, target),) if file is not None or parsed.has("--system") or sensitive else ()
    return Usage(effects=effects, starts=tuple(starts), stdout=STDOUT_NONE)


_FILTERS = tuple(
    "--tree-filter --index-filter --msg-filter --env-filter --parent-filter --commit-filter --tag-name-filter --setup"
    " --subdirectory-filter".split()
)


def _filter_branch(rest: tuple[Value, ...]) -> Usage:
    starts = [
        Start(START_SHELL, code=after)
        for value, after in zip(rest, rest[1:], strict=False)
        if value.text in _FILTERS[:-1]
    ]
    return Usage(starts=tuple(starts), stdout=STDOUT_NONE)
