from __future__ import annotations

import jsonschema
import pytest

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.parse import KEYS, parse_document, parse_value, schema, split_call

README = {
    "files": {"read": {"allow": ["src/**", "tests/**"], "deny": [".env"]}, "write": {"allow": ["src/**"], "deny": [".github/**"]}},
    "commands": {"allow": ["pytest", "uv run", "cat"], "deny": ["curl", "wget", "rm -rf"]},
    "network": {"deny_all": True, "allow": ["localhost"]},
}

INVALID = [
    ({"command": {"deny": ["curl"]}}, "/command", "commands"),
    ({"files": {"reed": {}}}, "/files/reed", "read"),
    ({"commands": {"deny": "curl"}}, "/commands/deny", "list"),
    ({"network": {"deny_all": "false"}}, "/network/deny_all", "true or false"),
    ({"files": {"read": {"deny": [""]}}}, "/files/read/deny/0", "not empty"),
    ({"files": {"read": {"deny": ["../x"]}}}, "/files/read/deny/0", "cannot be matched"),
    ({"network": {"allow": ["http://a/b"]}}, "/network/allow/0", "not a host"),
    ({"commands": {"deny": ["'x"]}}, "/commands/deny/0", "not a command"),
    ({"flows": {"deny": ["network to shell"]}}, "/flows/deny/0", "source -> sink"),
    ({"flows": {"deny": ["net -> interpreter"]}}, "/flows/deny/0", "unknown end"),
    ({"mode": "watch"}, "/mode", "expected one of"),
    ({"default": "maybe"}, "/default", "expected one of"),
    ({"version": 2}, "/version", "version 1"),
    (
        {"mcp": {"servers": {"x": {"arguments": [{"tool": "a", "argument": "p", "match": "x"}]}}}},
        "/mcp/servers/x/arguments/0/argument",
        "JSON pointer",
    ),
    ({"examples": [{"call": "no colon", "expect": "deny"}]}, "/examples/0/call", "Tool"),
    ([], "/", "a policy is an object"),
]


class TestParse:
    def test_the_published_example(self) -> None:
        document = parse_value(README, "p.json")
        assert set(document["sections"]) == {"files", "commands", "network"}

    @pytest.mark.parametrize(("value", "pointer", "said"), INVALID)
    def test_refuses_with_pointer_and_hint(self, value: object, pointer: str, said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            parse_value(value, "p.json")
        assert caught.value.pointer == pointer and said in str(caught.value)

    def test_lines_arrive_in_the_rules(self) -> None:
        document = parse_document('{\n "commands": {\n  "deny": [\n   "curl"\n  ]\n }\n}', "p.json")
        assert document["sections"]["commands"]["deny"]["entries"][0]["source"] == "p.json:4"

    def test_empty_null_and_absent_mean_the_same(self) -> None:
        empty = {"files": {"read": {"allow": [], "deny": None}}, "commands": None, "network": {}}
        document = parse_value(empty, "p.json")
        assert not any(listed for part in document["sections"]["files"].values() for listed in part.values())

    def test_examples(self) -> None:
        document = parse_value({"examples": [{"call": "Bash: rm -rf build", "expect": "ask"}]}, "p.json")
        assert document["examples"][0]["tool"] == "Bash" and document["examples"][0]["input"] == "rm -rf build"

    def test_a_call_is_tool_and_text(self) -> None:
        assert split_call(Field("Bash: echo a:b", "", "p", {})) == ("Bash", "echo a:b")


class TestSchema:
    def test_is_a_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(schema())

    def test_knows_every_key(self) -> None:
        assert set(schema()["properties"]) == set(KEYS)  # type: ignore[call-overload]

    def test_takes_what_the_parser_takes(self) -> None:
        jsonschema.validate(README, schema())

    @pytest.mark.parametrize(
        "value",
        [
            value
            for value, _, said in INVALID
            if said in ("commands", "read", "list", "true or false", "not empty", "expected one of", "version 1", "JSON pointer")
        ],
    )
    def test_refuses_what_the_parser_refuses(self, value: object) -> None:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, schema())
