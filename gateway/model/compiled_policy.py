"""The shape of a compiled policy: plain data that `marshal` keeps and `decide` judges by. Types only; nothing is loaded
for them.

A *document* is what one policy file says, parsed. A *compiled policy* is all documents that hold at a place, each a
*layer*. What a layer says of one kind of rule is a *section*; in it stand *entries*, in lists of one effect each.
Everything here is dictionaries, lists, tuples, text and numbers, since a hook reads it from a file in less time than it
takes to import `typing`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, NotRequired, TypedDict

    from gateway.model.globs import Segment

    EffectName = Literal["allow", "ask", "deny"]
    HostPattern = tuple[str, str, int, str, int]
    """(kind, name, port, scheme, bits), see gateway.policy.hosts."""
    Prefix = tuple[str, bool, tuple[Segment, ...], tuple[str, ...], bool, Segment | None]
    """A command prefix, see gateway.policy.command_prefix."""
    PathSet = dict[str, Any]
    """Compiled path patterns, see gateway.policy.pathset, which alone looks inside."""

    _With = TypedDict("_With", {"with": Any}, total=False)

    class Entry(_With):
        """One entry of a list: what all kinds share, then what a kind has compiled. `unless` is in the language of its
        kind.
        """

        match: str
        rule: str
        source: str
        id: NotRequired[str]
        reason: NotRequired[str]
        hint: NotRequired[str]
        shadow: NotRequired[bool]
        expires: NotRequired[float]
        unless: NotRequired[Any]
        prefixes: NotRequired[list[Prefix]]
        host: NotRequired[HostPattern]
        name: NotRequired[Segment]
        ends: NotRequired[tuple[str, str]]
        effect: NotRequired[int]
        pattern: NotRequired[Segment]
        pointer: NotRequired[list[str]]

    class EntryList(TypedDict):
        """The entries of one effect and where the list stands."""

        entries: list[Entry]
        source: str

    class CommandList(EntryList):
        """Entry numbers by program, and by how a program with wildcards begins."""

        programs: dict[str, list[int]]
        starts: dict[str, list[int]]

    class PathList(EntryList):
        """One set of all patterns, entry numbers of what no pattern can name, and the folders that matches lie in."""

        set: PathSet
        special: dict[str, list[int]]
        roots: list[tuple[str, str]]

    CommandsSection = dict[str, CommandList]
    EntryLists = dict[str, EntryList]
    """{"allow", "ask", "deny": …} of `tools` and `flows`."""
    PathLists = dict[str, PathList]
    FilesSection = dict[str, PathLists]
    """{"read", "write", "delete": …}."""

    class NetworkSection(TypedDict, total=False):
        """`network`: lists, and whether everything else is closed."""

        allow: EntryList
        ask: EntryList
        deny: EntryList
        deny_all: bool
        source: str

    ToolEffects = dict[str, list[list[str]]]
    """{verb: pointers to the arguments that are such}."""

    class ServerRules(TypedDict, total=False):
        """What a document says of one MCP server."""

        tools: EntryLists
        arguments: list[Entry]
        effects: dict[str, ToolEffects]
        pin: bool
        hide_denied: bool

    class ServerOptions(TypedDict, total=False):
        """What holds for one MCP server after all documents."""

        pin: bool
        hide_denied: bool

    class Sections(TypedDict, total=False):
        """What a document says, by the kind of rule."""

        files: FilesSection
        commands: CommandsSection
        network: NetworkSection
        tools: EntryLists
        mcp: dict[str, ServerRules]
        flows: EntryLists

    class Limit(TypedDict):
        """How much a session may do."""

        name: str
        rule: str
        source: str
        effect: int
        stop: bool
        max: float
        shadow: NotRequired[bool]
        length: NotRequired[int]
        repeats: NotRequired[int]
        tool: NotRequired[str]
        window: NotRequired[float]

    class Example(TypedDict):
        """A call that a document promises a verdict for."""

        tool: str
        input: object
        expect: str
        source: str
        cwd: NotRequired[str]
        rule: NotRequired[str]

    CustomDetector = tuple[str, str, tuple[str, ...]]
    """(id, pattern, keywords)."""

    class Removal(TypedDict, total=False):
        """`redact` or `mask`: what is removed from the record and from what is passed on."""

        source: str
        record: list[str]
        forward: list[str]
        custom: list[CustomDetector]

    class Document(TypedDict):
        """One policy file, parsed; what it has nothing to say of is left out."""

        name: str
        sections: Sections
        extends: NotRequired[list[tuple[str, str]]]
        relax: NotRequired[list[tuple[str, str]]]
        shadow: NotRequired[bool]
        default: NotRequired[int]
        default_source: NotRequired[str]
        on_opaque: NotRequired[int]
        on_opaque_source: NotRequired[str]
        redact: NotRequired[Removal]
        mask: NotRequired[Removal]
        limits: NotRequired[list[Limit]]
        examples: NotRequired[list[Example]]

    class PolicyLayer(TypedDict):
        """One document among those that hold, with its level: baseline, managed, user or project."""

        name: str
        level: str
        shadow: bool
        builtin: bool
        default: int | None
        default_source: str
        sections: Sections
        examples: list[Example]

    class CompiledPolicy(TypedDict):
        """All that holds at a place.

        layers            beneath first
        labels            (label, paths that earn it, paths that do not)
        obligations       (redact or mask, record or forward, what, rule)
        effects           {server: {tool: …}}
        ends              (when, rule, source, last day) of every entry that expires
        on_opaque         effect on what cannot be seen inside
        observing         a managed or user document says `observe`: what stands beneath is not enforced either
        revision          `sha256:…` over every source document
        """

        revision: str
        layers: list[PolicyLayer]
        labels: list[tuple[str, PathSet, PathSet]]
        obligations: list[tuple[str, str, str, str]]
        custom: list[CustomDetector]
        limits: list[Limit]
        effects: dict[str, dict[str, ToolEffects]]
        servers: dict[str, ServerOptions]
        ends: list[tuple[float, str, str, str]]
        observing: bool
        on_opaque: int
        on_opaque_source: str
