from __future__ import annotations

import subprocess
import sys

import pytest

from gateway.model.later import Later, function


class TestLater:
    def test_a_module_is_imported_when_something_of_it_is_asked_for(self) -> None:
        code = (
            "import sys; from gateway.model.later import Later; later = Later('gateway.policy.hosts');"
            " before = 'gateway.policy.hosts' in sys.modules; later.canonical; print(before, 'gateway.policy.hosts' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["False", "True"]

    def test_what_it_holds_is_what_the_module_holds(self) -> None:
        from gateway.policy import hosts

        assert Later("gateway.policy.hosts").canonical is hosts.canonical

    def test_what_a_module_does_not_hold(self) -> None:
        with pytest.raises(AttributeError):
            _ = Later("gateway.policy.hosts").nothing
        with pytest.raises(ImportError):
            _ = Later("gateway.policy.nowhere").nothing


def test_a_function_that_is_imported_when_it_is_called() -> None:
    assert function("gateway.model.paths", "normal")("/a/../b") == "/b"
