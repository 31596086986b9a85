from __future__ import annotations

from gateway.model.action import READ, VERBS, Action


class TestAction:
    def test_defaults_say_nothing(self) -> None:
        action = Action(READ, "x")
        assert (action.opaque, action.carries, action.words, action.how, action.base, action.via) == ("", (), (), (), "", -1)

    def test_verbs(self) -> None:
        assert VERBS == ("read", "write", "run", "connect", "use")
