"""What is known of programs when a command is generalised: which open a door, which have sub-commands, which only touch
files. Pure.
"""

from __future__ import annotations

from gateway.model.action import DATA, UNKNOWN, WRAPPER, Action
from gateway.policy.command_prefix import Command, program_name
from gateway.policy.command_words import is_flag

DOORS = frozenset(
    "sh bash dash zsh ksh mksh fish ash csh tcsh python python2 python3 pypy ipython node nodejs deno bun perl ruby irb php lua luajit tclsh"
    " osascript r rscript julia java groovy scala elixir pwsh powershell cmd env sudo doas su xargs parallel eval exec source . ssh nsenter"
    " chroot docker podman kubectl awk gawk mawk nawk expect gdb lldb watch script at batch tsx ts-node npx pnpx bunx uvx pipx make gmake"
    " just task rake ninja gradle mvn ant tox nox hatch nix nix-shell busybox ansible terraform psql mysql sqlite3 mongosh redis-cli".split()
)
"""Programs that run whatever they are given: an entry for one of these must name what it runs."""

SUBCOMMANDS = {
    "uv": 2,
    "poetry": 2,
    "pipenv": 2,
    "pdm": 2,
    "rye": 2,
    "pixi": 2,
    "conda": 2,
    "npm": 2,
    "pnpm": 2,
    "yarn": 2,
    "bun": 2,
    "gh": 2,
    "glab": 2,
    "aws": 2,
    "gcloud": 3,
    "az": 2,
    "docker": 2,
    "podman": 2,
    "docker-compose": 1,
    "kubectl": 2,
    "git": 1,
    "cargo": 1,
    "go": 1,
    "pip": 1,
    "pip3": 1,
    "helm": 1,
    "terraform": 1,
    "brew": 1,
    "apt": 1,
    "apt-get": 1,
    "systemctl": 1,
    "bundle": 2,
    "dotnet": 1,
    "rustup": 1,
    "hg": 1,
    "svn": 1,
    "make": 1,
    "just": 1,
    "task": 1,
    "tox": 1,
    "nox": 1,
    "npx": 1,
    "pnpx": 1,
    "bunx": 1,
    "uvx": 1,
    "pipx": 2,
    "mvn": 1,
    "gradle": 1,
}
"""How many words after a program say what it does."""

ONLY_FILES = frozenset(
    "ls cat head tail wc sort uniq cut tr diff cmp comm file stat tree find fd du df pwd which type grep egrep fgrep rg ag jq yq sed basename"
    " dirname realpath md5sum sha1sum sha256sum date whoami uname column nl tac strings hexdump od xxd less more echo printf test true false"
    " mkdir touch cp mv rm ln rmdir tee seq sleep pytest ruff mypy black isort flake8 pylint pyright coverage eslint prettier tsc jest vitest"
    " stylelint biome gofmt rustfmt shellcheck hadolint yamllint markdownlint clang-format tar gzip gunzip zip unzip patch".split()
)
"""Programs whose effects are files that are judged by themselves, or the project's own tests and checks."""

STARTERS = frozenset(("run", "exec", "x", "dlx"))
"""Sub-commands that start whatever follows them: an entry that ends with one opens a door."""
OWN_STARTERS = frozenset(
    ("cargo", "dotnet", "swift", "make", "gmake", "just", "task", "rake", "ninja", "ant", "gradle")
)
"""Programs whose `run` starts the project's own program, or is a target of the project's."""

CODE_OPTIONS = frozenset(
    ("-c", "-e", "-p", "-r", "--eval", "--print", "-Command", "-E", "--command", "-lc", "-ic", "-xc", "-ec")
)
"""Options whose value is code."""


def known_name(program: str) -> str:
    """Return the name by which the tables here know a program: `python3.12` is `python`, `gcc-13` is `gcc`."""
    name = program_name(program)
    return name if name in DOORS or name in SUBCOMMANDS else name.rstrip("0123456789.").rstrip("-") or name


def needs_entry(action: Action) -> bool:
    """Whether a closed list asks for an entry for a command at all."""
    return DATA not in action.how and WRAPPER not in action.how


def is_inline(action: Action) -> bool:
    """Whether a command hands code to an interpreter on the command line or through its input."""
    words = action.words or (action.target,)
    if known_name(words[0]) not in DOORS or not needs_entry(action):
        return False
    return any(word in CODE_OPTIONS for word in words[1:]) and not _names_module(words)


def _names_module(words: tuple[str, ...]) -> bool:
    return "-m" in words[1:2]


def known_words(action: Action) -> tuple[str, ...]:
    """Return the words of a command up to the first that is only known when it runs."""
    words = action.words or (action.target,)
    for at, word in enumerate(words):
        if UNKNOWN in word:
            return words[:at]
    return words


def split_command(words: tuple[str, ...]) -> tuple[str, list[str], list[str]]:
    """Return (program, operands, options) of a command: only those operands that are operands under every reading of
    the options.
    """
    command = Command(words)
    program = words[0] if "/" in words[0] else command.program
    ways = command.sure_readings or ([],)
    operands = []
    for at, word in enumerate(ways[0]):
        if any(len(way) <= at or way[at] != word for way in ways):
            break
        operands.append(word)
    return program, operands, [word for word in words[1:] if is_flag(word)]


def in_its_order(words: tuple[str, ...], operands: list[str], options: list[str]) -> list[str]:
    """Return operands and options of a command in its own order: `python -m pytest -q` runs a module, `python pytest -m
    -q` a file.

    The options come last where a word between them is left out: behind `-C`, another word than the folder would be one.
    """
    plain = [word for word in words[1:] if not is_flag(word)]
    if plain[: len(operands)] != operands:
        return [*operands, *options]
    wanted = iter(operands)
    following = next(wanted, None)
    out: list[str] = []
    for word in words[1:]:
        if word == following:
            out.append(word)
            following = next(wanted, None)
        elif word in options and word not in out:
            out.append(word)
    return out
