"""Evidence against: whatever was learned from other calls, a document must not allow what was denied, refused or asked
about.

Each such call is judged under the document; one that would be allowed gets the narrowest entry that stops it: first of
something that no learned call does, else of anything it does, else what allows it is taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from gateway.authoring.generate.learning.programs import in_its_order, known_words
from gateway.authoring.generate.learning.seen import AGAINST, DENIED, SENSITIVE, LeftOut, Seen
from gateway.authoring.generate.learning.wording import (
    begun,
    escaped,
    guarded_path,
    guarded_word,
    in_policy,
    is_portable,
    is_spelled,
    is_whole,
    names_machine,
)
from gateway.evaluation import judge
from gateway.model.action import CONNECT, DATA, DELETE, GLOB, READ, RUN, UNKNOWN, USE, WRAPPER, WRITE, Action
from gateway.model.effects import ALLOW
from gateway.policy.command_prefix import Command, program_name
from gateway.policy.command_words import is_flag
from gateway.policy.hosts import canonical
from gateway.policy.request_view import asked_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.json_text import JsonObject

    Compile = Callable[[JsonObject], CompiledPolicy]

Place = tuple[str, str]
"""A list (`files.read`, `commands`, …) and what an entry of it would match."""

_PATTERNED = "*?[]{}\\'\""
NOTHING_ELSE = "nothing that was seen may be allowed"


def guard(document: JsonObject, left: list[LeftOut], calls: list[Seen], compiled: Compile) -> None:
    """Change a document so that nothing that is evidence against is allowed by it."""
    needed = {place for seen in calls for place in _places(seen)}
    against = [item for item in left if item.why in AGAINST]
    found: dict[tuple[str, str, str], list[LeftOut]] = defaultdict(list)
    untried: dict[int, list[Place]] = {}
    while against:
        policy = compiled(document)
        against = [item for item in against if judge(policy, item.seen.call, item.seen.facts).effect == ALLOW]
        _withdraw(document, found, against)
        found.clear()
        stuck: list[LeftOut] = []
        for item in against:
            if id(item) not in untried:
                places = list(dict.fromkeys(_sensitive(item, policy) if item.why == SENSITIVE else _places(item.seen)))
                untried[id(item)] = [
                    *(place for place in places if place not in needed),
                    *(place for place in places if place in needed),
                ]
            if untried[id(item)]:
                name, match = untried[id(item)].pop(0)
                found[(name, "deny" if item.why == DENIED else "ask", match)].append(item)
            else:
                stuck.append(item)
        _write(document, found)
        for item in stuck:
            _take_out(document, policy, item)
        if stuck and not any(item not in stuck for item in against):
            against = stuck


def _write(document: JsonObject, found: dict[tuple[str, str, str], list[LeftOut]]) -> None:
    """Write an entry for each place; what stands there already is taken out of `found`."""
    for (name, effect, match), several in list(found.items()):
        refs = ", ".join(dict.fromkeys(item.seen.ref for item in several[:4]))
        entries = _lists(document, name).setdefault(effect, [])
        if match not in [entry["match"] for entry in entries]:
            entries.append({"match": match, "reason": f"{several[0].why} ({several[0].detail}): {refs}"})
        else:
            del found[name, effect, match]


def _withdraw(document: JsonObject, found: dict[tuple[str, str, str], list[LeftOut]], against: list[LeftOut]) -> None:
    """Take out the entries just written that stopped none of the calls they were written for: they would only stop
    others.
    """
    for (name, effect, match), several in found.items():
        if all(item in against for item in several):
            lists = _lists(document, name)
            lists[effect] = [entry for entry in lists.get(effect, ()) if entry["match"] != match]
            if not lists[effect]:
                del lists[effect]
            section, _, part = name.partition(".")
            if not lists:
                del (document[section] if part else document)[part or section]


def _lists(document: JsonObject, name: str) -> JsonObject:
    section, _, part = name.partition(".")
    found: JsonObject = document.setdefault(section, {})
    return found.setdefault(part, {}) if part else found


def _take_out(document: JsonObject, policy: CompiledPolicy, one: LeftOut) -> None:
    """Take out what allows a call that no entry can stop: the allow entries that cover it, or the whole tool."""
    reasons = judge(policy, one.seen.call, one.seen.facts).reasons
    taken = False
    for name in ("files.read", "files.write", "files.delete", "commands", "network", "tools"):
        section, _, part = name.partition(".")
        lists = document.get(section, {}).get(part, {}) if part else document.get(section, {})
        rules = {reason.rule for reason in reasons if reason.effect == ALLOW}
        kept = [entry for at, entry in enumerate(lists.get("allow", ())) if f"{name}.allow[{at}]" not in rules]
        if "allow" in lists and len(kept) < len(lists["allow"]):
            taken = True
            lists["allow"] = kept
            if not kept:
                del lists["allow"]
                lists["deny"] = [*lists.get("deny", ()), {"match": "/**" if part else "*", "reason": NOTHING_ELSE}]
    if not taken:
        _lists(document, "tools").setdefault("deny", []).append(
            {"match": escaped(one.seen.call.tool), "reason": f"{one.why}: {one.seen.ref}"}
        )


def _places(seen: Seen) -> Iterator[Place]:
    """Yield what a call does as entries would speak of it, the most telling first: tools of servers, commands, hosts,
    files.
    """
    actions = seen.call.actions
    for action in actions:
        if action.verb == USE and action.target.startswith("mcp__") and is_spelled(action.target):
            yield "tools", escaped(action.target)
    for wanted in (False, True):
        for action in reversed(actions):
            if action.verb == RUN and bool({DATA, WRAPPER} & set(action.how)) is wanted:
                yield from _command(action, seen)
    for action in actions:
        name = canonical(action.target).name if action.verb == CONNECT and UNKNOWN not in action.target else ""
        if name and is_whole(name):
            yield "network", name
    for verb in (WRITE, READ):
        for action in actions:
            if action.verb == verb:
                yield from _paths(action, seen)
    if not any(action.verb == RUN for action in actions) and is_spelled(seen.call.tool):
        yield "tools", escaped(seen.call.tool)


def _command(action: Action, seen: Seen) -> Iterator[Place]:
    """Yield a command as an entry spells it: its operands without the values of options, and its options; then its
    operands alone.
    """
    words = known_words(action)
    if not words:
        return
    program = program_name(words[0]) if words[0].startswith(("/", "~")) and "=" not in words[0] else words[0]
    folders = (seen.facts.project, seen.facts.home)
    flags = [
        word
        for word in dict.fromkeys(words[1:])
        if is_flag(word) and is_spelled(word) and not any(char in _PATTERNED for char in word)
    ]
    flags = [word for word in flags if not names_machine(word, *folders)]
    command = Command(words)
    for operands in (command.skipped, command.operands):
        for options in (flags, []):
            order = in_its_order(words, operands[:MAX_OPERANDS], options)
            yield (
                "commands",
                " ".join(
                    (guarded_word(program), *(word if word in options else _operand(word, folders) for word in order))
                ),
            )


def _operand(word: str, folders: tuple[str, str]) -> str:
    if names_machine(word, *folders):
        return "*"
    return guarded_word(begun(word, MAX_WORD)) + ("*" if len(word) > MAX_WORD else "")


MAX_WORD = 200
MAX_OPERANDS = 8
"""Most characters of an operand, and most operands, that an entry names: what is left out asks about more."""


def _paths(action: Action, seen: Seen) -> Iterator[Place]:
    if UNKNOWN in action.target:
        return
    path = in_policy(asked_path(action, seen.call.cwd, seen.facts.home), seen.facts.project, seen.facts.home)
    if path in (".", "/", "~") or not is_spelled(path) or not is_portable(path):
        return
    parts = ("read",) if action.verb == READ else ("delete", "write") if DELETE in action.how else ("write",)
    for part in parts:
        yield f"files.{part}", guarded_path(path, pattern=GLOB in action.how)


def _sensitive(one: LeftOut, policy: CompiledPolicy) -> Iterator[Place]:
    """Yield only the sensitive paths of a call that was left out for them."""
    sensitive = set(judge(policy, one.seen.call, one.seen.facts).sensitive)
    for action in one.seen.call.actions:
        if action.verb in (READ, WRITE) and action.target in sensitive:
            yield from _paths(action, one.seen)
    yield from _places(one.seen)
