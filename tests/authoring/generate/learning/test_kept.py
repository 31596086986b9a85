from __future__ import annotations

from typing import Any

import pytest

from gateway.authoring.generate.learning.kept import LISTED_FOR_ASKING, with_kept

NO_FILE = {"deny": [{"match": "/**", "reason": "no file was seen to be written"}]}


class TestWithKept:
    @pytest.mark.parametrize(
        ("document", "own", "want"),
        [
            ({}, {"files": {"read": {"deny": [".env"], "allow": ["src/**"]}}}, {"files": {"read": {"deny": [".env"]}}}),
            (
                {"commands": {"allow": [{"match": "ls"}], "deny": [{"match": "x"}]}},
                {"commands": {"deny": ["rm -rf"], "allow": ["make"]}},
                {"commands": {"allow": [{"match": "ls"}], "deny": [{"match": "x"}, "rm -rf"]}},
            ),
            (
                {"commands": {"allow": [{"match": "ls"}]}},
                {"commands": {"ask": ["git push"]}},
                {"commands": {"allow": [{"match": "ls"}, {"match": "git push", "reason": LISTED_FOR_ASKING}], "ask": ["git push"]}},
            ),
            (
                {"commands": {"allow": [{"match": "ls"}]}},
                {"commands": {"ask": [{"match": "git push", "expires": "2027-01-01"}]}},
                {"commands": {"allow": [{"match": "ls"}], "ask": [{"match": "git push", "expires": "2027-01-01"}]}},
            ),
            (
                {"files": {"write": NO_FILE}},
                {"files": {"write": {"deny": ["a"]}}},
                {"files": {"write": {"allow": [{"match": "/dev/null", "reason": "no file was seen to be written"}], "deny": ["a"]}}},
            ),
            ({"on_opaque": "ask"}, {"on_opaque": "deny", "default": "ask"}, {"on_opaque": "deny", "default": "ask"}),
            ({"on_opaque": "ask"}, {"on_opaque": "allow"}, {"on_opaque": "ask"}),
            ({}, {"limits": {"tool_calls": 9}, "extends": ["strict"], "mode": "observe"}, {"limits": {"tool_calls": 9}, "extends": ["strict"]}),
            (
                {"network": {"deny_all": True}},
                {"network": {"ask": ["a.org"]}},
                {"network": {"deny_all": True, "ask": ["a.org"], "allow": [{"match": "a.org", "reason": LISTED_FOR_ASKING}]}},
            ),
        ],
    )
    def test_table(self, document: Any, own: Any, want: Any) -> None:
        assert with_kept(document, own) == want
