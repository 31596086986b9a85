"""Texts inside texts are laid open and packed again; what nothing was taken out of is what it was."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.session.embedded_content import packed, unpacked
from gateway.model.errors import ProtocolError

B64 = base64.b64encode(b"key = hunter2").decode()


class TestOpen:
    @pytest.mark.parametrize(
        ("holder", "open_"),
        [
            ({"blob": B64}, True),
            ({"blob": B64, "mimeType": "text/plain"}, True),
            ({"data": B64, "mimeType": "application/json"}, True),
            ({"data": B64, "mimeType": "image/png"}, False),
            ({"blob": B64, "mimeType": "application/octet-stream"}, False),
            ({"blob": "not base64!"}, False),
            ({"blob": base64.b64encode(b"\xff\xfe").decode()}, False),
        ],
    )
    def test_text_in_a_blob(self, holder: dict[str, Any], open_: bool) -> None:
        opened, plan = unpacked({"contents": [holder]})
        assert bool(plan) is open_
        if open_:
            (key,) = (key for key in holder if key != "mimeType")
            opened["contents"][0][key] = "key = ***"
            assert base64.b64decode(packed(opened, plan)["contents"][0][key]) == b"key = ***"

    def test_a_key_on_the_way_is_gone(self) -> None:
        opened, plan = unpacked({"a@b.example": {"blob": B64}})
        with pytest.raises(ProtocolError):
            packed({"gone": opened["a@b.example"]}, plan)


TEXTS = st.sampled_from(("{}", '{"a": 1.0}', "[1, 2]", "plain", "{broken", B64))
LEAVES = st.dictionaries(st.sampled_from(("text", "blob", "data", "mimeType", "x")), TEXTS)


class TestLaw:
    @settings(max_examples=60)
    @given(
        st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("content", "resource", "text")), inner), max_leaves=5)
    )
    def test_untouched_is_the_same(self, value: Any) -> None:
        before = json.dumps(value)
        opened, plan = unpacked(value)
        assert json.dumps(packed(opened, plan)) == before
