from __future__ import annotations

import os

import pytest

from gateway.host.resources import pack_names, pack_path, resource_folder


class TestPacks:
    def test_every_named_pack_is_a_file(self) -> None:
        assert {"baseline", "strict", "readonly", "ci"} <= set(pack_names())
        assert all(os.path.isfile(pack_path(name) or "") for name in pack_names())

    @pytest.mark.parametrize("name", ["", "..", "../policies/baseline", "a/b", "nope", "baseline.yaml", "\0"])
    def test_what_is_no_pack(self, name: str) -> None:
        assert pack_path(name) is None

    def test_schemas_are_there_too(self) -> None:
        assert "agent-scope.schema.json" in os.listdir(resource_folder("schemas"))
