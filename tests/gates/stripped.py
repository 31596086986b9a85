"""Every module as the bundle compiles it beside itself as it is written: what classes and functions are made of must be the same.

Run with the package's folder and `plain` or `stripped`; prints JSON, module -> what it holds.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import json
import marshal
import pkgutil
import sys
import types
from typing import Any


class Stripping(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the gateway's modules as the bundle does."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if not name.startswith("gateway."):
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        if found is not None and isinstance(found.loader, importlib.machinery.SourceFileLoader):
            found.loader = self
        return found

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        from gateway import bundle

        assert module.__spec__ is not None and module.__spec__.origin is not None
        exec(marshal.loads(bundle._compiled(module.__name__, module.__spec__.origin, {})[1]), module.__dict__)


def held(module: types.ModuleType) -> dict[str, Any]:
    """Return what a module itself defines."""
    return {name: told(value) for name, value in sorted(vars(module).items()) if getattr(value, "__module__", None) == module.__name__}


def told(value: object) -> Any:
    """Return what a class or function is made of, as JSON data."""
    if isinstance(value, type):
        own = vars(value)
        return {
            "bases": [base.__qualname__ for base in value.__mro__],
            "fields": sorted(own.get("__dataclass_fields__", {})) + list(own.get("__struct_fields__", ())) + list(own.get("_fields", ())),
            "annotations": sorted(own.get("__annotations__", {})),
            "members": {name: told(each) for name, each in sorted(own.items()) if isinstance(each, types.FunctionType)},
            "names": sorted(name for name in own if not name.startswith("__")),
        }
    if isinstance(value, types.FunctionType):
        code = value.__code__
        return [
            code.co_varnames[: code.co_argcount + code.co_kwonlyargcount],
            code.co_flags,
            len(value.__defaults__ or ()),
            sorted(value.__kwdefaults__ or {}),
        ]
    return type(value).__name__


def main(root: str, how: str) -> None:
    """Import every module and print what each holds."""
    sys.path.insert(0, root)
    import gateway
    from gateway import bundle  # noqa: F401

    for name in [name for name in sys.modules if name.startswith("gateway.") and name not in ("gateway.bundle", "gateway.lane_os")]:
        del sys.modules[name]
    if how == "stripped":
        sys.meta_path.insert(0, Stripping())
    names = [
        one.name for one in pkgutil.walk_packages(gateway.__path__, "gateway.") if ".compat" not in one.name and not one.name.endswith("__main__")
    ]
    print(json.dumps({name: held(importlib.import_module(name)) for name in names}))


if __name__ == "__main__":
    main(*sys.argv[1:])
