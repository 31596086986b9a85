from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from gateway.authoring.test.output import as_data, as_junit, as_tap, as_text
from gateway.authoring.test.run import Case, CaseRun, Result
from gateway.model.call import ToolCall
from gateway.model.facts import Facts
from tests.reports.official_schemas import JUNIT, official


def case(name: str) -> Case:
    return Case(name, ToolCall("Read", {}), Facts(), 2, "", "c.yaml:3")


RUNS = [CaseRun("p.json", [Result(case("Read: a"), ""), Result(case("Read: <b> # it's"), "expected deny, isn't")], 4, ["x"], ["x", "y"])]


class TestForms:
    def test_text(self) -> None:
        assert as_text(RUNS).splitlines() == [
            "✗ p.json: 1 of 2 cases hold",
            "  c.yaml:3: Read: <b> # it's: expected deny, isn't",
            "  coverage 75.0 % of 4 rules, mutation score 50.0 %",
            "  reached by no case: x",
            "  could go unnoticed: y",
        ]

    def test_tap(self) -> None:
        assert as_tap(RUNS).splitlines() == [
            "TAP version 14",
            "1..2",
            "ok 1 - p.json: Read: a",
            "not ok 2 - p.json: Read: <b> \\# it's",
            "  ---",
            "  message: 'expected deny, isn''t'",
            "  at: 'c.yaml:3'",
            "  ...",
            "# p.json: coverage 75.0 %, mutation score 50.0 %",
        ]

    def test_junit(self) -> None:
        suites = ElementTree.fromstring(as_junit(RUNS))
        assert [one.get("name") for one in suites.iter("testcase")] == ["Read: a", "Read: <b> # it's"]
        assert len(suites.findall("testsuite/testcase/failure")) == 1

    @pytest.mark.network
    def test_junit_is_valid(self) -> None:
        import xmlschema

        xmlschema.XMLSchema(str(official(JUNIT))).validate(as_junit(RUNS))

    def test_data(self) -> None:
        data = as_data(RUNS)
        assert data["ok"] is False and data["policies"][0]["mutation_score"] == 0.5
