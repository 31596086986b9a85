from __future__ import annotations

from gateway.model.errors import GatewayError, PolicyError


class TestGatewayError:
    def test_says_problem_and_hint(self) -> None:
        assert str(GatewayError("it broke", "mend it")) == "it broke (mend it)"


class TestPolicyError:
    def test_says_where(self) -> None:
        error = PolicyError("unknown key `x`", "did you mean `y`?", pointer="/x", source="p.json", line=3)
        assert str(error) == "p.json:3: /x: unknown key `x` (did you mean `y`?)"

    def test_leaves_out_what_is_not_known(self) -> None:
        assert str(PolicyError("bad")) == "bad"
