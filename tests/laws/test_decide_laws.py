"""The laws of the verdict, on random policies and calls."""

from __future__ import annotations

import fnmatch
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.evaluation import judge, with_actions
from gateway.model.action import CONNECT, READ, RUN, USE, WRITE, Action
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, DENY
from tests.builders import HOME, PROJECT, call, facts, policy
from tests.model.test_json_text import VALUES

PATHS = st.sampled_from([".env", "src/**", "*.py", "a", "src/a.py", "/etc/**", "~/x", "**/b", "docs/*"])
COMMANDS = st.sampled_from(["rm", "rm -rf", "git push", "curl", "git *", "uv run", "g*"])
HOSTS = st.sampled_from(["localhost", "*.example.com", "a.example.com", "10.0.0.0/8", "*"])
TOOLS = st.sampled_from(["Read", "mcp__*", "*"])


def lists(entries: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.fixed_dictionaries({}, optional={name: st.lists(entries, max_size=4) for name in ("allow", "ask", "deny")})


DOCUMENTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "files": st.fixed_dictionaries({}, optional={"read": lists(PATHS), "write": lists(PATHS)}),
        "commands": lists(COMMANDS),
        "network": lists(HOSTS),
        "tools": lists(TOOLS),
        "default": st.sampled_from(["allow", "ask", "deny"]),
    },
)
ACTIONS = st.lists(
    st.one_of(
        st.builds(
            lambda verb, path: Action(verb, path),
            st.sampled_from([READ, WRITE]),
            st.sampled_from([".env", "src/a.py", "/etc/x", "~/x", "docs/b", "b", "a/b.py"]),
        ),
        st.builds(
            lambda words: Action(RUN, words.split()[0], words=tuple(words.split())),
            st.sampled_from(["rm -rf x", "rm x", "git push -f", "git log", "curl a", "uv run x", "ls"]),
        ),
        st.builds(lambda host: Action(CONNECT, host), st.sampled_from(["localhost", "a.example.com", "evil.org", "10.1.2.3", "http://[::1]/"])),
        st.builds(lambda tool: Action(USE, tool), st.sampled_from(["Read", "mcp__a__b", "Bash"])),
    ),
    max_size=5,
)


def effect(document: dict[str, Any], actions: list[Action]) -> int:
    return judge(policy(document), call(*actions), facts()).effect


def shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        items = list(value.items())
        order.shuffle(items)
        return {key: shuffled(item, order) for key, item in items}
    if isinstance(value, list):
        items = list(value)
        order.shuffle(items)
        return items
    return value


class TestLaws:
    @settings(max_examples=300, deadline=None)
    @given(DOCUMENTS, ACTIONS, st.randoms(use_true_random=False))
    def test_the_order_of_rules_and_actions_is_irrelevant(self, document: dict[str, Any], actions: list[Action], order: random.Random) -> None:
        mixed = list(actions)
        order.shuffle(mixed)
        assert effect(document, actions) == effect(shuffled(document, order), mixed)

    @settings(max_examples=300, deadline=None)
    @given(DOCUMENTS, ACTIONS, st.sampled_from(["files.read", "files.write", "commands", "network", "tools"]), st.data())
    def test_adding_a_deny_never_relaxes(self, document: dict[str, Any], actions: list[Action], where: str, data: st.DataObject) -> None:
        entry = data.draw({"files": PATHS, "commands": COMMANDS, "network": HOSTS, "tools": TOOLS}[where.partition(".")[0]])
        import copy

        stricter = copy.deepcopy(document)
        section = stricter
        for step in where.split("."):
            section = section.setdefault(step, {})
        section["deny"] = [*section.get("deny", []), entry]
        if "default" not in document:
            assert effect(stricter, actions) >= effect(document, actions)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(DOCUMENTS, min_size=1, max_size=3), ACTIONS)
    def test_a_further_layer_never_relaxes(self, documents: list[dict[str, Any]], actions: list[Action]) -> None:
        def of(some: list[dict[str, Any]]) -> int:
            return judge(policy(*some), call(*actions), facts()).effect

        assert of(documents) >= of(documents[:-1])

    @settings(max_examples=300, deadline=None)
    @given(
        DOCUMENTS,
        st.sampled_from(["Bash", "Read", "Grep", "mcp__x__y", "WebFetch", "Unknown", "apply_patch", "write_stdin", "Monitor"]),
        VALUES,
    )
    def test_every_json_value_gets_a_verdict(self, document: dict[str, Any], tool: str, arguments: object) -> None:
        compiled = policy(document)
        read = with_actions(ToolCall(tool, arguments, cwd=PROJECT), compiled, HOME)
        assert judge(compiled, read, facts()).reasons

    @settings(max_examples=400, deadline=None)
    @given(DOCUMENTS, ACTIONS)
    def test_a_naive_judge_agrees(self, document: dict[str, Any], actions: list[Action]) -> None:
        document.pop("default", None)
        assert effect(document, actions) == max((naive(document, action) for action in actions), default=ALLOW)


def naive(document: dict[str, Any], action: Action) -> int:
    """Judge one action the slow and obvious way, sharing no code with the product."""
    if action.verb in (READ, WRITE):
        section, hit = document.get("files", {}).get(action.verb, {}), naive_path
    else:
        key = {RUN: "commands", CONNECT: "network", USE: "tools"}[action.verb]
        section, hit = document.get(key, {}), {RUN: naive_command, CONNECT: naive_host, USE: naive_tool}[action.verb]
    if any(hit(entry, action, "deny") for entry in section.get("deny", [])):
        return DENY
    if section.get("allow") and not any(hit(entry, action, "allow") for entry in section["allow"]):
        return DENY
    return 1 if any(hit(entry, action, "ask") for entry in section.get("ask", [])) else ALLOW


def naive_path(entry: str, action: Action, effect: str) -> bool:
    from wcmatch import glob

    path = {"~": HOME}.get(action.target[0], "") + action.target.removeprefix("~") if action.target.startswith("~") else action.target
    path = path if path.startswith("/") else f"{PROJECT}/{path}"
    flags = glob.GLOBSTAR | glob.DOTGLOB
    if "/" not in entry:
        names = [path.rpartition("/")[2]] if effect != "deny" else path.split("/")
        return any(glob.globmatch(name, entry, flags=flags) for name in names if name)
    if entry.startswith("~/"):
        return bool(glob.globmatch(path, HOME + entry[1:], flags=flags))
    if entry.startswith("/"):
        return bool(glob.globmatch(path, entry, flags=flags))
    if path.startswith(PROJECT + "/") or entry.startswith("**/"):
        inside = path.removeprefix(PROJECT + "/") if path.startswith(PROJECT + "/") else path[1:]
        return bool(glob.globmatch(inside, entry, flags=flags)) or (entry.startswith("**/") and bool(glob.globmatch(path[1:], entry, flags=flags)))
    return effect != "allow" and bool(glob.globmatch(path[1:], "**/" + entry, flags=flags))


def naive_command(entry: str, action: Action, effect: str) -> bool:
    words = [word for word in action.words if not word.startswith("-")]
    flags = "".join(word[1:] for word in action.words if word.startswith("-"))
    wanted = entry.split()
    if wanted[-1] == "*":
        wanted = wanted[:-1]
    plain = [word for word in wanted if not word.startswith("-")]
    letters = "".join(word[1:] for word in wanted if word.startswith("-"))
    return (
        all(letter in flags for letter in letters)
        and len(words) >= len(plain)
        and all(fnmatch.fnmatchcase(word, want) for word, want in zip(words, plain, strict=False))
    )


def naive_host(entry: str, action: Action, effect: str) -> bool:
    host = {"http://[::1]/": "::1"}.get(action.target, action.target)
    if entry == "localhost":
        return host in ("localhost", "::1")
    if entry == "10.0.0.0/8":
        return host.startswith("10.")
    return entry == "*" or host == entry or (entry.startswith("*.") and host.endswith(entry[1:]))


def naive_tool(entry: str, action: Action, effect: str) -> bool:
    return fnmatch.fnmatchcase(action.target, entry)
