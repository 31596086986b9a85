from __future__ import annotations

from gateway.model.effects import ALLOW, ASK, BY_NAME, DENY, EFFECTS


class TestEffects:
    def test_the_strictest_is_the_largest(self) -> None:
        assert ALLOW < ASK < DENY and max(ALLOW, DENY, ASK) == DENY

    def test_names_and_numbers_agree(self) -> None:
        assert [BY_NAME[name] for name in EFFECTS] == [ALLOW, ASK, DENY]
