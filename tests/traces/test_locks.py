from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.model.errors import LockedError, TraceError
from gateway.traces import locks


class TestLock:
    def test_nobody_waits_for_ever(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "LOCK_SECONDS", 0.02)
        path = tmp_path / "x"
        path.touch()
        first, second = os.open(path, os.O_RDWR), os.open(path, os.O_RDWR)
        try:
            locks.lock(first)
            with pytest.raises(TraceError, match="locked by another process"):
                locks.lock(second)
            with pytest.raises(LockedError, match=r"`/a/b` was kept locked by another process for 0\.\d s .*lsof /a/b"):
                locks.lock(second, "/a/b")
        finally:
            os.close(first)
            os.close(second)
