"""A coroutine ends in the same way on either loop."""

from __future__ import annotations

import asyncio
import sys

import pytest

from gateway.host import event_loop


async def which() -> str:
    await asyncio.sleep(0)
    return type(asyncio.get_running_loop()).__module__


def test_uvloop_where_it_is_installed() -> None:
    pytest.importorskip("uvloop")
    assert event_loop.run(which()) == "uvloop"


def test_the_library_s_own_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert event_loop.run(which()).startswith("asyncio")


@pytest.mark.parametrize("installed", [True, False])
def test_what_is_raised_is_raised(monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    if not installed:
        monkeypatch.setitem(sys.modules, "uvloop", None)

    async def fails() -> None:
        raise LookupError("no")

    with pytest.raises(LookupError):
        event_loop.run(fails())
