from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.diff_assertions import checked, expectations_from
from gateway.analysis.outcomes import compared
from gateway.model.errors import GatewayError, NothingError
from tests.analysis.test_outcomes import measures

COMPARISON = compared(
    measures(errors=4, tokens=0, tool_calls=10, lists={"tools": ["Bash", "Read"], "files_written": ["src/a.py"]}),
    measures(errors=2, tokens=5, tool_calls=15, lists={"tools": ["Read", "Write"], "files_written": ["src/a.py", "src/deep/b.py"]}),
)
CASES: list[tuple[dict[str, Any], bool]] = [
    ({"metric": "errors", "max": 2}, True),
    ({"metric": "errors", "max": 1}, False),
    ({"metric": "errors", "of": "a", "max": 2}, False),
    ({"metric": "errors", "of": "delta", "max": 0}, True),
    ({"metric": "errors", "of": "delta", "equals": -2}, True),
    ({"metric": "tool_calls", "of": "ratio", "max": 1.5}, True),
    ({"metric": "tool_calls", "of": "ratio", "max": 1.4}, False),
    ({"metric": "tokens", "of": "ratio", "max": 100}, False),
    ({"metric": "tokens", "of": "ratio", "min": 1}, True),
    ({"metric": "denied", "of": "ratio", "equals": 1}, True),
    ({"metric": "errors", "min": 1, "max": 3}, True),
    ({"metric": "tools", "includes": ["Read"]}, True),
    ({"metric": "tools", "includes": ["Bash"]}, False),
    ({"metric": "tools", "of": "added", "excludes": ["Write"]}, False),
    ({"metric": "tools", "of": "removed", "equals": ["Bash"]}, True),
    ({"metric": "tools", "equals": ["Write", "Read"]}, True),
    ({"metric": "tools", "max": 2}, True),
    ({"metric": "files_written", "within": ["src/**"]}, True),
    ({"metric": "files_written", "within": ["src/*", "tests/**"]}, False),
    ({"metric": "commands", "within": []}, True),
    ({"metric": "outcome", "in": ["improved", "unchanged"]}, True),
    ({"metric": "outcome", "equals": "regressed"}, False),
    ({"metric": "completed", "equals": True}, True),
]
WRONG: list[tuple[Any, str]] = [
    ([], "expected an object"),
    ({}, "list `assertions`"),
    ({"assertions": {}, "x": 1}, "list `assertions`"),
    ({"assertions": [7]}, "/assertions/0: expected an object"),
    ({"assertions": [{"metric": "errors", "maximum": 1}]}, "unknown key `maximum`"),
    ({"assertions": [{"metric": "eror", "max": 1}]}, "unknown metric `eror`"),
    ({"assertions": [{"max": 1}]}, "unknown metric `None`"),
    ({"assertions": [{"metric": "errors"}]}, "tests nothing"),
    ({"assertions": [{"metric": "errors", "includes": ["a"]}]}, "does not fit `errors`"),
    ({"assertions": [{"metric": "errors", "max": "1"}]}, "/max: `1` does not fit"),
    ({"assertions": [{"metric": "errors", "max": True}]}, "/max: `True` does not fit"),
    ({"assertions": [{"metric": "errors", "of": "c", "max": 1}]}, "/of: expected b, a, delta, ratio"),
    ({"assertions": [{"metric": "tools", "of": "delta", "max": 1}]}, "/of: expected b, a, added, removed"),
    ({"assertions": [{"metric": "tools", "includes": "Read"}]}, "/includes: `Read` does not fit"),
    ({"assertions": [{"metric": "outcome", "in": ["better"]}]}, "/in: `['better']` does not fit"),
    ({"assertions": [{"metric": "outcome", "equals": 3}]}, "/equals"),
    ({"assertions": [{"metric": "completed", "equals": 1}]}, "/equals"),
]


class TestChecked:
    @pytest.mark.parametrize(("assertion", "passes"), CASES)
    def test_holds_or_not(self, assertion: dict[str, Any], passes: bool) -> None:
        (expectation,) = expectations_from({"assertions": [assertion]}, "e.json")
        found = checked(expectation, COMPARISON)
        assert (not found.failed) == passes == found.data()["passed"]

    def test_has_a_name_of_its_own_or_one_that_tells(self) -> None:
        named, told = expectations_from({"assertions": [{"name": "n", "metric": "errors", "max": 1}, {"metric": "errors", "max": 1}]}, "e.json")
        assert (named.name, told.name) == ("n", "errors of b: max 1")


class TestWrong:
    @pytest.mark.parametrize(("document", "said"), WRONG)
    def test_what_is_not_understood_is_an_error(self, document: Any, said: str) -> None:
        with pytest.raises(GatewayError) as caught:
            expectations_from(document, "e.json")
        assert said in str(caught.value) and str(caught.value).startswith("e.json: ")

    def test_nothing_expected_must_not_pass(self) -> None:
        with pytest.raises(NothingError, match="no assertions"):
            expectations_from({"assertions": []}, "e.json")
