"""Command entries: a prefix in words, matched against the words of one simple command. Pure.

The program is compared by its basename (by its whole path when the entry has one), flags as a set (`-rf` = `-r -f` = `-fr` =
`--recursive --force`), further words as a prefix. Words may hold wildcards; a last word `*` stands for anything or nothing.
"""

from __future__ import annotations

from gateway.catalog.program_aliases import canonical, others
from gateway.catalog.program_options import KNOWN_SWITCHES, LONG_FLAGS, SWITCHES, VALUE_OPTIONS, WORD_FLAGS
from gateway.model.action import UNKNOWN
from gateway.model.globs import compile_pattern, match_segment
from gateway.model.paths import is_system_program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.globs import Segment

    Prefix = tuple[str, bool, tuple[Segment, ...], tuple[str, ...], bool, Segment | None]


def split_words(text: str) -> list[str]:
    """Split an entry into words; single and double quotes and backslashes keep what they hold together.

    Raises ValueError when a quote is not closed.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    chars = iter(text)
    for char in chars:
        if quote:
            if char == quote:
                quote = ""
            else:
                word = [*(word or []), char]
        elif char in "'\"":
            quote = char
            word = word or []
        elif char == "\\":
            word = [*(word or []), next(chars, "")]
        elif char in " \t\n":
            if word is not None:
                words.append("".join(word))
            word = None
        else:
            word = [*(word or []), char]
    if quote:
        raise ValueError(f"`{quote}` is not closed")
    return words if word is None else [*words, "".join(word)]


def compile_prefix(text: str) -> Prefix:
    """Return (program, by path, further words, flags, open end, the program's pattern if it has wildcards) of a command entry.

    Raises ValueError when it names no program.
    """
    words = split_words(text)
    if not words or not words[0]:
        raise ValueError("a command entry starts with a program")
    program = words[0]
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
    """Return the prefixes of a command entry: as it is written, and with its sub-command under its first name. Raises ValueError."""
    program, *rest = split_words(text) or [""]
    rest = rest[:-1] if rest[-1:] == ["*"] else rest
    plain = [word for word in rest if not is_flag(word)]
    first = canonical(program, plain) if not any(word.startswith("+") for word in plain) else plain
    written = compile_prefix(text)
    if first == plain:
        return [written]
    flags = {flag for word in rest if is_flag(word) for flag in flag_names(program, first, word)}
    return [written, (program, written[1], tuple(map(word_pattern, first)), tuple(sorted(flags)), written[4], written[5])]


def word_pattern(word: str) -> Segment:
    """Return the compiled form of one word of an entry, `*`, `?` and classes being wildcards."""
    compiled = compile_pattern(word.replace("/", "\x02"))
    return compiled[0] if len(compiled) == 1 else word


def word_matches(pattern: Segment, word: str) -> bool:
    """Whether a word of a command is what one word of an entry asks for."""
    return match_segment(pattern, word.replace("/", "\x02"))


def is_flag(word: str) -> bool:
    """Whether a word is an option rather than an operand."""
    return len(word) > 1 and word[0] == "-" and word != "--"


def flag_names(program: str, plain: list[str], word: str) -> set[str]:
    """Return the flags one option word sets, long names where the program has them; the value of `--opt=value` is left out."""
    if word.startswith("--"):
        return {word.partition("=")[0]}
    if program in WORD_FLAGS or len(word) > 6:
        return {word.partition("=")[0]}
    names = LONG_FLAGS.get(f"{program} {plain[0]}" if plain else program) or LONG_FLAGS.get(program) or {}
    return {"--" + names[char] if char in names else "-" + char for char in word[1:]}


class Command:
    """A simple command prepared for matching; made once per RUN action, asked of many entries.

    respelled  its sub-command stands under its first name (see gateway.catalog.program_aliases), not as it was written
    """

    __slots__ = ("_flags", "_others", "_same", "operands", "path", "program", "respelled", "skipped", "words")

    def __init__(self, words: tuple[str, ...], *, respelled: bool = False) -> None:
        self.words = words
        self.path = words[0] if words else ""
        self.program = program_name(self.path)
        self.respelled = respelled
        rest = words[1:]
        self.operands = self.spelled([word for word in rest if not is_flag(word) and word != "--"])
        self.skipped = self.spelled(_operands_without_values(self.program, rest))
        self._flags: set[str] | None = None
        self._same: tuple[Command, ...] | None = None
        self._others: tuple[Command, ...] | None = None

    def spelled(self, operands: list[str]) -> list[str]:
        """Return operands as this spelling of the command has them."""
        return canonical(self.program, operands) if self.respelled else operands

    @property
    def same(self) -> tuple[Command, ...]:
        """The command as it was written, and with its sub-command under its first name where that is another one."""
        if self._same is None:
            again = Command(self.words, respelled=True)
            self._same = (self,) if (again.operands, again.skipped) == (self.operands, self.skipped) else (self, again)
        return self._same

    @property
    def spellings(self) -> tuple[Command, ...]:
        """The same, and by other names of its program."""
        if self._others is None:
            operands = self.same[-1].skipped
            self._others = tuple(one for words in others(self.words, self.program, operands) for one in Command(words).same)
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
    """Whether an option is another one cut short; what ends with that one's first word (`--export`) may well be an option of its own."""
    return len(word) > _SHORTEST and word != flag and flag.startswith(word) and (flag[len(word)] != "-" or "-" in word[2:])


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


def _operands_without_values(program: str, rest: tuple[str, ...]) -> list[str]:
    options = VALUE_OPTIONS.get(program, ())
    operands: list[str] = []
    skip = False
    for word in rest:
        if skip:
            skip = False
        elif word in options:
            skip = True
        elif not is_flag(word) and word != "--":
            operands.append(word)
            options = VALUE_OPTIONS.get(f"{program} {word}", options) if len(operands) == 1 else options
    return operands


def prefix_matches(prefix: Prefix, command: Command) -> bool:
    """Whether a deny or ask entry speaks of the command, under any reading of its options; some file systems take any case."""
    program, _, segments, flags, _, _ = prefix
    if not _program_matches(prefix, command) and program.lower() != command.program.lower():
        return False
    if not (_is_prefix(segments, command.skipped) or _is_prefix(segments, command.operands)):
        return False
    return all(command.sets(flag) for flag in flags)


def prefix_covers(prefix: Prefix, command: Command) -> bool:
    """Whether an allow entry covers the command, under every reading of its options.

    `git -C log push` is no `git log`: an option of which we do not know whether it takes a value is read both ways.
    """
    _, by_path, segments, flags, _, _ = prefix
    if not _program_matches(prefix, command) or any(UNKNOWN in word for word in command.words[:1]):
        return False
    if not by_path and not is_system_program(command.path):
        return False  # `ls` is not `./ls`, which the agent can write
    if segments and not all(_is_prefix(segments, reading) for reading in readings(command)):
        return False
    return not flags or all(flag in command.flags for flag in flags)


def readings(command: Command) -> tuple[list[str], ...]:
    """Return the operands under every reading of the options before them: with and without the value that each may take."""
    options = VALUE_OPTIONS.get(command.program, ())
    doubtful: list[str] = []
    skip = False
    before = ""
    for word in command.words[1:]:
        if skip:
            skip = False
        elif word in options:
            skip = True
        elif is_flag(word):
            before = word
            continue
        elif word != "--" and (not before or "=" in before or before in SWITCHES):
            doubtful.append(word)
        before = ""
    return (command.skipped, command.spelled(doubtful))


def options_of(command: Command) -> tuple[str, ...]:
    """Return the words of a command that are options under every reading; `--` ends them."""
    return tuple(word for word in _before_dashes(command) if is_flag(word))


def sets_surely(command: Command, flag: str, known: set[str]) -> bool:
    """Whether a flag is given for certain: neither taken back, nor perhaps the value of the option before it (`git push -f -o --dry-run`).

    known  further options of the command that take no value
    """
    program = command.program
    verb = f"{program} {command.skipped[0]}" if command.skipped else program
    switches = {*SWITCHES, *known, *KNOWN_SWITCHES.get(verb, ()), *("--" + name for name in LONG_FLAGS.get(verb, {}).values())}
    found = False
    before: set[str] = set()
    for word in _before_dashes(command):
        names = {*flag_names(program, command.skipped, word), word.partition("=")[0]} if is_flag(word) else set()
        if flag in names:
            _, equals, value = word.partition("=")
            if equals and value.lower() in _TAKEN_BACK:
                return False
            found = found or before <= switches
        elif flag.startswith("--") and f"--no-{flag[2:]}" in names:
            return False
        before = flag_names(program, command.skipped, word) if names and "=" not in word else set()
    return found


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
    return all(UNKNOWN in word or word_matches(segment, word) for segment, word in pairs) and all(flag in command.flags for flag in flags)
