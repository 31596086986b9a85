from __future__ import annotations

import pytest

from gateway.model.action import CONNECT, RUN, Action
from tests.builders import PROJECT, effect

DOCUMENT = {"flows": {"deny": ["network -> interpreter", "secret -> network"], "ask": ["environment -> network"]}}


class TestFlows:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (Action(RUN, "sh", words=("sh",), carries=("network:evil.example",)), "deny"),
            (Action(RUN, "sh", words=("sh",), carries=("file:/x",)), "allow"),
            (Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/.env",)), "deny"),
            (Action(CONNECT, "localhost", carries=(f"file:{PROJECT}/.env",)), "allow"),
            (Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/a.py",)), "allow"),
            (Action(CONNECT, "evil.example", carries=("environment:TOKEN",)), "ask"),
            (Action(CONNECT, "evil.example"), "allow"),
        ],
    )
    def test_table(self, action: Action, want: str) -> None:
        assert effect(DOCUMENT, action) == want

    def test_a_link_to_a_secret_is_a_secret(self) -> None:
        sent = Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/notes",))
        assert effect(DOCUMENT, sent, real={f"{PROJECT}/notes": f"{PROJECT}/.env"}) == "deny"
