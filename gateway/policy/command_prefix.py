"""Command entries: a prefix in words, matched against the words of one simple command. Pure.

The program is compared by its basename (by its whole path when the entry has one), flags as a set (`-rf` = `-r -f` =
`-fr` = `--recursive --force`), further words as a prefix. Words may hold wildcards; a last word `*` stands for anything
or nothing.
"""

from __future__ import annotations

from gateway.catalog.options import LIKELY_NO, MAYBE, NO, WORD_OPTIONS, YES, option_names, takes_value
from gateway.catalog.program_aliases import canonical, has_aliases, has_others, others
from gateway.model.action import UNKNOWN
from gateway.model.paths import is_system_program
from gateway.policy.command_words import is_flag, split_words, word_matches, word_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.globs import Segment

    Prefix = tuple[str, bool, tuple[Segment, ...], tuple[str, ...], bool, Segment | None]


def compile_prefix(text: str) -> Prefix:
    """Return (program, by path, further words, flags, open end, the program's pattern if it has wildcards) of a command
    entry.

    Raises ValueError when it names no program.
    """
    words = split_words(text)
    if not words or not words[0]:
        raise ValueError("a command entry starts with a program")
    program = words[0]
    if not any(char in program for char in "/*?["):
        program = program_name(program)  # a call is compared by the same name: `powershell.exe` is `powershell`
    rest = words[1:]
    open_end = bool(rest) and rest[-1] == "*"
    if open_end:
        rest = rest[:-1]
    plain = [word for word in rest if not is_flag(word)]
    flags: set[str] = set()
    for word in rest:
        if is_flag(word):
            flags |= flag_names(program, plain, word)
    segments = tuple(word_pattern(word) for word in plain)
    pattern = word_pattern(program) if "*" in program or "?" in program or "[" in program else None
    return (program, "/" in program, segments, tuple(sorted(flags)), open_end, pattern)


def compile_spellings(text: str) -> list[Prefix]:
    """Return the prefixes of a command entry: as it is written, and with its sub-command under its first name. Raises
    ValueError.
    """
    program, *rest = split_words(text) or [""]
    rest = rest[:-1] if rest[-1:] == ["*"] else rest
    plain = [word for word in rest if not is_flag(word)]
    first = canonical(program, plain) if not any(word.startswith("+") for word in plain) else plain
    written = compile_prefix(text)
    if first == plain:
        return [written]
    flags = {flag for word in rest if is_flag(word) for flag in flag_names(program, first, word)}
    return [
        written,
        (written[0], written[1], tuple(map(word_pattern, first)), tuple(sorted(flags)), written[4], written[5]),
    ]


def flag_names(program: str, plain: list[str], word: str) -> set[str]:
    """Return the options one option word sets, long names where the program has them; the value of `--opt=value` is
    left out.
    """
    written = word.partition("=")[0]
    names = option_names(program, *plain[:1])
    if written in names:
        return {names[written]}
    if word.startswith("--") or program in WORD_OPTIONS or len(word) > _LONGEST_CLUSTER:
        return {written}
    return {names.get("-" + char, "-" + char) for char in word[1:]}


_LONGEST_CLUSTER = 6
"""Characters of a cluster of short options; what is longer is an option that is a word (`-delete`)."""


class Command:
    """A simple command prepared for matching; made once per RUN action, asked of many entries.

    operands       all words that are no options
    skipped        those of them that no option may take for its value
    readings       the operands under every reading of options that may take the next word, or () when there are too
                   many to tell
    sure_readings  the same without those that would need a program to give a value to what hardly any program does
                   (`-q`, `--verbose`)
    respelled      its sub-command stands under its first name (see gateway.catalog.program_aliases), not as it was
                   written
    """

    __slots__ = (
        "_flags",
        "_others",
        "_same",
        "operands",
        "path",
        "program",
        "readings",
        "respelled",
        "skipped",
        "sure_readings",
        "words",
    )

    def __init__(self, words: tuple[str, ...], *, respelled: bool = False) -> None:
        self.words = words
        self.path = words[0] if words else ""
        self.program = program_name(self.path)
        self.respelled = respelled
        rest = words[1:]
        plain = [word for word in rest if not is_flag(word) and word != "--"]
        self.operands = self.spelled(plain)
        self.readings: tuple[list[str], ...]
        self.sure_readings: tuple[list[str], ...]
        self.skipped: list[str]
        if len(plain) == len(rest):  # no options, no doubts
            self.readings = self.sure_readings = (self.operands,)
            self.skipped = self.operands
        else:
            self._read_options(rest)
        self._flags: set[str] | None = None
        self._same: tuple[Command, ...] | None = None
        self._others: tuple[Command, ...] | None = None

    def _read_options(self, rest: tuple[str, ...]) -> None:
        operands = _read_operands(self.program, rest)
        self.readings = tuple(map(self.spelled, _readings(operands, LIKELY_NO)))
        self.sure_readings = (
            self.readings if len(self.readings) == 1 else tuple(map(self.spelled, _readings(operands, MAYBE)))
        )
        self.skipped = self.spelled([word for word, certain in operands if certain != MAYBE])

    def spelled(self, operands: list[str]) -> list[str]:
        """Return operands as this spelling of the command has them."""
        return canonical(self.program, operands) if self.respelled else operands

    @property
    def same(self) -> tuple[Command, ...]:
        """The command as it was written, and with its sub-command under its first name where that is another one."""
        if self._same is None and not has_aliases(self.program):
            self._same = (self,)
        elif self._same is None:
            again = Command(self.words, respelled=True)
            self._same = (
                (self,) if (again.operands, again.readings) == (self.operands, self.readings) else (self, again)
            )
        return self._same

    @property
    def spellings(self) -> tuple[Command, ...]:
        """The same, and by other names of its program."""
        if self._others is None and not has_others(self.program):
            self._others = ()
        elif self._others is None:
            again = self.same[-1]
            lines = dict.fromkeys(
                words
                for operands in again.readings or (again.skipped,)
                for words in others(self.words, self.program, operands)
            )
            self._others = tuple(spelled for words in lines for spelled in Command(words).same)
        return (*self.same, *self._others)

    @property
    def flags(self) -> set[str]:
        """Every flag of the command, under both its short and its long name; `--` ends them."""
        if self._flags is None:
            self._flags = set()
            for word in self.words[1:]:
                if word == "--":
                    break
                if is_flag(word):
                    self._flags |= flag_names(self.program, self.skipped, word)
                    self._flags.add(word.partition("=")[0])
        return self._flags

    def sets(self, flag: str) -> bool:
        """Whether a flag is given, in full or cut short as git and getopt_long take it: `--har` is `--hard`."""
        return flag in self.flags or (flag.startswith("--") and any(_cuts_short(word, flag) for word in self.flags))


def _cuts_short(word: str, flag: str) -> bool:
    """Whether an option is another one cut short; what ends with that one's first word (`--export`) may well be an
    option of its own.
    """
    return (
        len(word) > _SHORTEST and word != flag and flag.startswith(word) and (flag[len(word)] != "-" or "-" in word[2:])
    )


_SHORTEST = 3
"""Characters of an abbreviated option that leave open what it is."""


def program_name(path: str) -> str:
    """Return the name a program is compared by: its basename, without `.exe` and the like."""
    equals = path.find("=")
    if equals > 0 and "/" not in path[:equals]:
        return path  # an assignment
    name = path[path.rfind("/") + 1 :]
    if "\\" in name and name[-4:].lower() in _SUFFIXES:
        name = name[name.rfind("\\") + 1 :]
    return name[:-4] if name[-4:].lower() in _SUFFIXES else name


_SUFFIXES = (".exe", ".cmd", ".bat", ".com", ".ps1")


def _read_operands(program: str, rest: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return (operand, NO | LIKELY_NO | MAYBE) of each word that is no option: whether the option before it may have it
    for its value.
    """
    operands: list[tuple[str, int]] = []
    verbs: tuple[str, ...] = ()
    doubted = ended = False
    taken = NO
    for word, following in zip(rest, (*rest[1:], ""), strict=False):
        if not ended and taken != YES and word == "--":
            ended = True
        elif not ended and taken != YES and is_flag(word):
            takes = takes_value(word, program, verbs, following)
            # `--unknown -C dir`: if the first takes `-C`, what follows is free again.
            taken = MAYBE if takes == YES and taken != NO else takes
            continue
        elif taken != YES:
            operands.append((word, taken))
            doubted = doubted or taken == MAYBE
            verbs = verbs if doubted else (*verbs, word)
        taken = NO
    return operands


_MOST_DOUBTS = 6
"""Most operands that may be values; a line with more is nobody's ordinary work, and no allow entry covers it."""


def _readings(operands: list[tuple[str, int]], doubt: int) -> list[list[str]]:
    """Return the lists that operands come to with and without those that may be values; [] when there are too many.

    doubt  MAYBE, or LIKELY_NO to doubt also what hardly any program would read otherwise
    """
    lists: list[list[str]] = [[]]
    for word, certain in operands:
        doubtful = certain == MAYBE or (certain == LIKELY_NO and doubt == LIKELY_NO)
        if doubtful and len(lists) >= 1 << _MOST_DOUBTS:
            return []
        lists = [*([*words, word] for words in lists), *(lists if doubtful else ())]
    return lists


def prefix_matches(prefix: Prefix, command: Command) -> bool:
    """Whether a deny or ask entry speaks of the command, under any reading of its options; some file systems take any
    case.
    """
    program, _, segments, flags, _, pattern = prefix
    if not _program_matches(prefix, command):
        lowered = command.program.lower()
        if program.lower() != lowered and (pattern is None or not word_matches(pattern, lowered)):
            return False
    if segments and not _any_reading(segments, command):
        return False
    return all(command.sets(flag) for flag in flags)


def _any_reading(segments: tuple[Segment, ...], command: Command) -> bool:
    """Whether some reading begins with what an entry asks for; with too many of them, whether its words stand in the
    line in their order.
    """
    if command.readings:
        return any(_is_prefix(segments, reading) for reading in command.readings)
    rest = iter(command.operands)
    return all(any(word_matches(segment, word) for word in rest) for segment in segments)


def prefix_covers(prefix: Prefix, command: Command) -> bool:
    """Whether an allow entry covers the command, under every reading of its options.

    `git -C log push` is no `git log`: an option of which we do not know whether it takes a value is read both ways.
    """
    _, by_path, segments, flags, _, _ = prefix
    if not _program_matches(prefix, command) or any(UNKNOWN in word for word in command.words[:1]):
        return False
    if not by_path and not is_system_program(command.path):
        return False  # `ls` is not `./ls`, which the agent can write
    if segments and not (
        command.sure_readings and all(_is_prefix(segments, reading) for reading in command.sure_readings)
    ):
        return False
    return not flags or all(flag in command.flags for flag in flags)


def word_surely_at(pattern: Segment, at: int, command: Command) -> bool:
    """Whether the operand at a place is what a pattern asks for, under every reading."""
    readings = command.sure_readings
    return bool(readings) and all(len(reading) > at and word_matches(pattern, reading[at]) for reading in readings)


def options_of(command: Command) -> tuple[str, ...]:
    """Return the words of a command that are options under every reading; `--` ends them."""
    return tuple(word for word in _before_dashes(command) if is_flag(word))


def sets_surely(command: Command, flag: str, known: set[str]) -> bool:
    """Whether a flag is given for certain: neither taken back, nor perhaps the value of the option before it (`git push
    -f -o --dry-run`).

    known  further options of the command that take no value
    """
    given = False
    before = NO
    operands: list[str] = []
    for word in _before_dashes(command):
        names = (
            {*flag_names(command.program, command.skipped, word), word.partition("=")[0]} if is_flag(word) else set()
        )
        if flag in names:
            _, equals, value = word.partition("=")
            if equals and value.lower() in _TAKEN_BACK:
                return False
            given = given or before in (NO, LIKELY_NO)
        elif flag.startswith("--") and f"--no-{flag[2:]}" in names:
            return False
        if not names:
            operands.append(word)
        before = takes_value(word, command.program, tuple(operands)) if names and not names & known else NO
    return given


_TAKEN_BACK = ("none", "false", "no", "off", "0", "never", "")


def _before_dashes(command: Command) -> tuple[str, ...]:
    """Return the words behind the program, up to `--`."""
    words = command.words[1:]
    return words[: words.index("--")] if "--" in words else words


def _program_matches(prefix: Prefix, command: Command) -> bool:
    program, by_path, _, _, _, pattern = prefix
    if by_path:
        return command.path == program
    return program == command.program or (pattern is not None and word_matches(pattern, command.program))


def _is_prefix(segments: tuple[Segment, ...], operands: list[str]) -> bool:
    if len(segments) > len(operands):
        return False
    return all(word_matches(segment, word) for segment, word in zip(segments, operands, strict=False))


def prefix_may_match(prefix: Prefix, command: Command) -> bool:
    """Whether the entry could cover the command once its UNKNOWN words are known (program or sub-command only)."""
    _, _, segments, flags, _, _ = prefix
    if UNKNOWN not in command.path and not _program_matches(prefix, command):
        return False
    if not segments:
        return UNKNOWN in command.path
    known = [word for word in command.skipped if UNKNOWN not in word]
    if len(known) == len(command.skipped):
        return False
    pairs = zip(segments, command.skipped, strict=False)
    return all(UNKNOWN in word or word_matches(segment, word) for segment, word in pairs) and all(
        flag in command.flags for flag in flags
    )
