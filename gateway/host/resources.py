"""The files that come with the package: policy packs and schemas, beside the source or inside the wheel."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def resource_folder(name: str) -> str:
    """Return the folder `policies` or `schemas`, wherever this copy of the package keeps it."""
    inside = f"{_PACKAGE}/_data/{name}"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(_PACKAGE)}/{name}"


def pack_names() -> list[str]:
    """Return the names of the policy packs."""
    return sorted(name[: -len(".yaml")] for name in os.listdir(resource_folder("policies")) if name.endswith(".yaml"))


def pack_path(name: str) -> str | None:
    """Return the file of a pack, None when there is none of that name."""
    if not name.replace("-", "").replace("_", "").isalnum():
        return None
    path = f"{resource_folder('policies')}/{name}.yaml"
    return path if os.path.isfile(path) else None
