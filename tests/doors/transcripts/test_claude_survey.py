"""What the first look through a transcript finds."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.transcripts.claude_survey import Survey
from tests.analysis.usage import golden


class TestSurvey:
    def test_finds_the_last_line_of_every_request(self, own_world: Path) -> None:
        survey = Survey(str(golden.write(own_world)))
        assert survey.finals == {5: "msg_1", 8: "msg_2", 12: "msg_3", 13: "msg_local"}
        assert set(survey.usages) == {"msg_1", "msg_2", "msg_3"} == survey.own - {"msg_local"}

    def test_links_agents_to_the_calls_that_started_them(self, own_world: Path) -> None:
        survey = Survey(str(golden.write(own_world)))
        assert (survey.started("a1f00d", ""), survey.started("zz", "look around"), survey.started("zz", "other")) == ("toolu_3", "toolu_3", "")

    def test_keeps_what_the_lines_say_of_the_session(self, own_world: Path) -> None:
        survey = Survey(str(golden.write(own_world)))
        assert (survey.facts["cwd"], survey.prompt, survey.last - survey.first) == (golden.CWD, "publish the shop", 23.5)

    def test_thinking_is_counted_and_not_kept(self, own_world: Path) -> None:
        path = golden.write(own_world)
        survey = Survey(str(path))
        assert survey.thought == {"msg_1": {"blocks": 1, "characters": 2, "seconds": 2.0}}
