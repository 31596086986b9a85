from __future__ import annotations

from gateway.authoring.diff.example_calls import Spelled
from gateway.authoring.diff.witnesses import samples_of
from tests.builders import policy

DOCUMENT = {
    "files": {"read": {"allow": ["src/**/*.py", "./a\\[1\\].md", "{a,b}"]}, "write": {"allow": ["out/?"]}},
    "network": {"allow": ["*.a.org", "10.0.0.0/8"]},
    "commands": {"allow": ["git status"]},
    "examples": [{"call": {"tool": "Read", "input": {"file_path": "x"}}, "expect": "allow"}, {"call": "Bash: ls", "expect": "allow"}],
}


class TestSamples:
    def test_what_policies_allow(self) -> None:
        found = samples_of(policy(DOCUMENT), policy({}))
        assert found.paths == ("src/x/x.py", "out/x") and found.hosts == ("x.a.org",)
        assert found.calls == (Spelled("Bash", {"command": "git status"}), Spelled("Read", {"file_path": "x"}))

    def test_operands_stand_before_options(self) -> None:
        longer = set(samples_of(policy(DOCUMENT)).beside(("grep", "-r")))
        assert {("grep", "x", "src/x/x.py", "-r"), ("grep", "x", "-r"), ("grep", "https://x.a.org/", "-r")} <= longer
        assert ("grep", "-r") not in longer

    def test_tools_are_given_what_is_allowed(self) -> None:
        inputs = [spelled.input for spelled in samples_of(policy(DOCUMENT)).inputs("T")]
        assert inputs[0] == {} and any(given.get("path") == "out/x" for given in inputs) and any("url" in given for given in inputs)
