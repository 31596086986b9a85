"""Which options a program takes and which of them take a value: the only place where that stands. Pure.

A family's file is loaded when one of its programs is asked for.

A specification is words. `-C=text` takes a value, in the next word or glued to it; `--jobs=?text` takes one only behind
`=` or glued (optional arguments, getopt(3)), `--jobs=?number` in the next word as well when that is a number (GNU
make's `decode_switches`); `--quiet` takes none. Names of one option stand together: `-f/--file=read`, the last being
the one it is compared by. What follows `=` says what the value is: see `gateway.shell.programs.grammar.add_by_kind`. A
first word `+` means that the options end at the first operand (getopt(3), POSIXLY_CORRECT), as git's and docker's own
do before their sub-command.

A family file has two tables. `OPTIONS` is exact: what a program takes before its sub-command, or (`git push`) behind
it. `LOOSE` is what one or another of several programs or sub-commands takes: enough to look for files in, never for
certain. The invariant that policy rests on: an option that is not exactly known may or may not take the next word, and
both readings count against the call.
"""

from __future__ import annotations

from gateway.catalog.programs import FAMILY

NO, MAYBE, YES, LIKELY_NO = 0, 1, 2, 3
"""Whether an option takes the next word; `LIKELY_NO` is a habit of all programs that this one is not known to share."""

_NUMBERS = frozenset("0123456789.")

HABITS = frozenset(
    "-q --quiet -v --verbose --no-pager -P --paginate --silent -s --debug --no-color -y --yes -A --all --no-optional-locks --bare -h --help"
    " --literal-pathspecs --version -V --offline --locked --frozen -it -i -t --rm --no-cache --json -u -B -E -I -O -OO -x -e -n --no-sync"
    " --isolated".split()
)
"""Options that hardly any program gives a value."""

WORD_OPTIONS = frozenset(
    "find java javac go terraform tofu openssl ffmpeg gcc g++ clang cc ld osascript test expr mplayer X xterm dotnet pkgutil defaults"
    " security launchctl sips convert magick screencapture networksetup scutil hdiutil xcodebuild"
    " keytool jarsigner get-content".split()
)
"""Programs whose options are words after a single dash (getopt_long_only(3)): `-delete` is one option, not six."""

_SAME = {
    "apt-get": "apt",
    "bsdtar": "tar",
    "docker-compose": "docker compose",
    "egrep": "grep",
    "fgrep": "grep",
    "gcp": "cp",
    "genv": "env",
    "gmake": "make",
    "gmv": "mv",
    "grm": "rm",
    "gxargs": "xargs",
    "gradlew": "gradle",
    "gsed": "sed",
    "gtar": "tar",
    "mvnw": "mvn",
    "nerdctl": "docker",
    "podman-compose": "docker compose",
    "tofu": "terraform",
}
"""Programs that take the options of another one."""


class Specification:
    """An option specification, read once.

    kinds    option -> what its value is, `?` before it when the value may be left out
    longs    the long options
    names    option -> the name it is compared by
    stops    the first operand ends the options
    """

    __slots__ = ("kinds", "longs", "names", "stops")

    def __init__(self, text: str) -> None:
        self.kinds: dict[str, str] = {}
        self.names: dict[str, str] = {}
        words = text.split()
        self.stops = words[:1] == ["+"]
        for word in words[self.stops :]:
            written, equals, kind = word.partition("=")
            names = [written] if len(written) == 2 else written.split("/")  # runit has an option `-/`
            for name in names:
                self.names[name] = names[-1]
                if equals:
                    self.kinds[name] = kind
                else:
                    self.kinds.pop(name, None)
        self.longs = [name for name in self.names if name.startswith("--")]


_specifications: dict[str, Specification] = {}


def specification(text: str) -> Specification:
    """Return an option specification in its read form."""
    read = _specifications.get(text)
    if read is None:
        read = _specifications[text] = Specification(text)
    return read


def _table(family: str, name: str) -> dict[str, str]:
    table: dict[str, str] = getattr(__import__(f"gateway.catalog.options.{family}", fromlist=[name]), name)
    return table


def _known(program: str) -> str:
    """Return the program in the tables that a name stands for: `pip3.12` is `pip`, `GIT` is `git` where file systems
    take any case.
    """
    if program in FAMILY:
        return program
    lowered = program.lower()
    return lowered if lowered in FAMILY else lowered.rstrip("0123456789.").rstrip("-")


class _Card:
    """What the tables say of a program, found once: every word of every command is asked about.

    key      its name in `OPTIONS`
    options  the table of its family
    loose    what one or another of its sub-commands takes
    every    the same with its own options
    named    sub-command -> option -> the name it is compared by
    """

    __slots__ = ("every", "key", "loose", "named", "options", "own")

    def __init__(self, program: str) -> None:
        known = _known(program)
        family = FAMILY.get(known)
        self.key = _SAME.get(known, known)
        self.options = _table(family, "OPTIONS") if family else {}
        table = _table(family, "LOOSE") if family else {}
        self.loose = table.get(known) or table.get(self.key, "")
        own = self.options.get(self.key, "")
        self.every = f"{self.loose} {own.removeprefix('+')}"
        self.own = specification(own)
        self.named: dict[str, dict[str, str]] = {}

    def text(self, verbs: tuple[str, ...]) -> str:
        """Return the specification of a sub-command's options, or "" where it has none of its own."""
        return self.options.get(" ".join((self.key, *verbs)), "")


_cards: dict[str, _Card] = {}
_MOST_CARDS = 1024
"""Most programs that are remembered: a process that lives long is asked about any name."""


def _card(program: str) -> _Card:
    card = _cards.get(program)
    if card is None:
        if len(_cards) >= _MOST_CARDS:
            _cards.clear()
        card = _cards[program] = _Card(program)
    return card


def exact(program: str, *verbs: str) -> str:
    """Return the specification of a program's own options, or of one of its sub-commands', or ""."""
    return _card(program).text(verbs)


def loose(program: str) -> str:
    """Return what one or another of a program's sub-commands, or of the programs like it, takes, or ""."""
    return _card(program).loose


def every(program: str) -> str:
    """Return the specification of everything that a program may take in one place or another."""
    return _card(program).every


def verbs_with_options(program: str) -> set[str]:
    """Return the sub-commands of a program whose own options are listed."""
    card = _card(program)
    start = card.key + " "
    return {key[len(start) :] for key in card.options if key.startswith(start)}


def option_names(program: str, *verbs: str) -> dict[str, str]:
    """Return option -> the name it is compared by, of a program and one of its sub-commands."""
    card = _card(program)
    text = card.text(verbs) if verbs else ""
    if not text:
        return card.own.names
    verb = " ".join(verbs)
    names = card.named.get(verb)
    if names is None:
        names = card.named[verb] = {**card.own.names, **specification(text).names}
    return names


def takes_value(option: str, program: str, verbs: tuple[str, ...] = (), following: str = "") -> int:
    """Return NO, MAYBE, YES or LIKELY_NO: whether an option word behind these sub-commands takes the word after it.

    The specification of the innermost sub-command comes first; what a program takes before its sub-command holds behind
    it as well, unless its options end there.

    following  the word after it
    """
    if option.startswith("--") and "=" in option:
        return NO
    card = _card(program)
    whole = program in WORD_OPTIONS
    for depth in range(min(len(verbs), 2), -1, -1):
        text = card.text(verbs[:depth]) if depth else ""
        if depth and not text:
            continue
        read = specification(text) if depth else card.own
        if read.names and not (read.stops and depth < len(verbs)):
            answer = _answer(option, read, following, whole=whole)
            if answer != MAYBE:
                return answer
    return (
        LIKELY_NO
        if option in HABITS and _answer(option, specification(card.loose), following, whole=True) == MAYBE
        else MAYBE
    )


def _answer(option: str, read: Specification, following: str, *, whole: bool) -> int:
    name, equals, _ = option.partition("=")
    if name in read.names:
        kind = read.kinds.get(name)
        return NO if equals or kind is None else _next_word(kind, following)
    if option.startswith("--") or whole:
        return NO if equals else MAYBE
    doubtful = False
    for at in range(1, len(option)):
        letter = "-" + option[at]
        kind = read.kinds.get(letter)
        if kind is not None:
            takes = _next_word(kind, following) if at == len(option) - 1 else NO
            return MAYBE if doubtful and takes else takes
        doubtful = doubtful or letter not in read.names
    return MAYBE if doubtful else NO


def _next_word(kind: str, following: str) -> int:
    if not kind.startswith("?"):
        return YES
    if kind != "?number" or following[:1] not in _NUMBERS or not following:
        return NO
    return YES if _NUMBERS.issuperset(following) else MAYBE
