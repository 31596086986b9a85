"""The table of names."""

from __future__ import annotations

from gateway.exports.otlp import names


class TestNames:
    def test_every_attribute_is_in_a_known_namespace(self) -> None:
        attributes = [value for key, value in vars(names).items() if key.isupper() and isinstance(value, str) and "." in value]
        spaces = ("gen_ai.", "mcp.", "jsonrpc.", "error.", "exception.", "agent_strace.", "service.", "host.", "process.", "vcs.")
        assert attributes and all(value.startswith(spaces) for value in attributes)
        assert len(set(attributes)) == len(attributes)
