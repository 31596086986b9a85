from __future__ import annotations

from pathlib import Path

import pytest

from gateway.host import store_key as module
from gateway.host.store_key import store_key
from gateway.host.user_folders import state_folder


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_keys", {})


class TestStoreKey:
    def test_same_store_same_key_in_every_process(self) -> None:
        first = store_key("/a")
        module._keys.clear()
        assert store_key("/a") == first

    def test_two_stores_cannot_be_compared(self) -> None:
        assert store_key("/a") != store_key("/b")

    def test_the_users_key_is_private_and_no_part_of_the_stores(self) -> None:
        key = store_key("/a")
        path = Path(state_folder()) / "key"
        assert path.stat().st_mode & 0o777 == 0o600 and path.read_bytes() not in key

    def test_a_planted_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "known").write_bytes(b"k" * 32)
        path = Path(state_folder()) / "key"
        path.parent.mkdir(parents=True)
        path.symlink_to(tmp_path / "known")
        planted = module.hex_digest(b"k" * 32, "/a").encode()
        assert store_key("/a") != planted
