"""What the bundle takes out of a module changes nothing that runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gateway import bundle

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("stripped.py")


def held(root: Path, how: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(SCRIPT), str(root), how], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run(source: str) -> dict[str, Any]:
    """Return what a module holds that was compiled as the bundle does."""
    names: dict[str, Any] = {"__name__": "sample"}
    sys.modules["sample"] = type(sys)("sample")
    try:
        exec(compile(bundle._bare(source.encode()), "sample", "exec", dont_inherit=True, optimize=2), names)
    finally:
        del sys.modules["sample"]
    return names


class TestStripped:
    def test_every_module_holds_the_same(self) -> None:
        plain, stripped = held(ROOT, "plain"), held(ROOT, "stripped")
        assert len(plain) > 300
        assert [name for name in plain if plain[name] != stripped[name]] == []

    @pytest.mark.parametrize(
        ("source", "expression", "value"),
        [
            ("from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n    y: int = 2", "A(1) == A(1, 2)", True),
            ("from typing import NamedTuple\nclass A(NamedTuple):\n    x: int\n    y: int = 2", "A(1)", (1, 2)),
            ("from typing import TypedDict\nclass A(TypedDict):\n    x: int", "list(A.__annotations__)", ["x"]),
            ("import msgspec\nclass A(msgspec.Struct):\n    x: int\n    y: int = 2", "A(1).y", 2),
            (
                "from functools import singledispatch\n@singledispatch\ndef f(x): return 0\n@f.register\ndef _(x: int): return 1",
                "f(3), f('')",
                (1, 0),
            ),
            ("class A:\n    def f(self):\n        x: int = 1\n        y: int\n        self.z: int = x\n        return self.z", "A().f()", 1),
            ("class A:\n    @property\n    def f(self) -> int:\n        return 1", "A().f, A.f.fget.__annotations__", (1, {})),
            ("def f(x: int, *a: int, k: int = 1, **b: int) -> int: return k", "f(1), f.__annotations__", (1, {})),
            ("async def f(x: int) -> int: return 1", "f.__annotations__", {}),
            ("def f():\n    class A:\n        x: int\n    return A\n", "list(f().__annotations__)", ["x"]),
        ],
    )
    @pytest.mark.parametrize("future", ["", "from __future__ import annotations\n"])
    def test_what_is_read_when_it_runs_stays(self, future: str, source: str, expression: str, value: object) -> None:
        names = run(future + source)
        assert eval(expression, names) == value

    def test_what_only_a_checker_reads_goes(self) -> None:
        names = run("TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import no_such_module\nelse:\n    y = 1\nx: no_such_name = 2\n")
        assert (names["x"], names["y"]) == (2, 1)
        assert "__annotations__" not in names
