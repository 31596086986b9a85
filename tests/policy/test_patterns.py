from __future__ import annotations

import pytest

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.patterns import braced, expand

FIELD = Field("", "/x", "p.json", {})


class TestExpand:
    def test_braces(self) -> None:
        assert expand("a/{b,c}", FIELD) == ["a/b", "a/c"]

    def test_folded(self) -> None:
        assert expand("A/B", FIELD, folded=True) == ["a/b"]

    @pytest.mark.parametrize("text", ["a/../b", "../x", "a/./b", "a\nb", "x" * 2000, "{1..99999}"])
    def test_refuses(self, text: str) -> None:
        with pytest.raises(PolicyError):
            expand(text, FIELD)

    def test_commands_keep_lonely_braces(self) -> None:
        assert braced("xargs -I {}", FIELD) == ["xargs -I {}"]
