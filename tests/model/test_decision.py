from __future__ import annotations

import pytest

from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, DENY


class TestDecision:
    def test_cannot_be_built_without_a_reason(self) -> None:
        with pytest.raises(ValueError, match="reason"):
            Decision(ALLOW, ())

    def test_names_its_verdict(self) -> None:
        assert Decision(DENY, (Reason(DENY, "r", "t"),)).verdict == "deny"

    def test_shadow_is_the_effect_unless_said(self) -> None:
        assert Decision(ALLOW, (Reason(ALLOW, "r", "t"),)).shadow == ALLOW
