"""Where the guard itself is on this machine, found when a call is looked at: code, interpreter, libraries, packs,
policies, store, state, key.
"""

from __future__ import annotations

import sys

from gateway.host.locations import trace_folder
from gateway.host.user_folders import MANAGED, config_folder, state_folder
from gateway.lane_os import os
from gateway.model.paths import below
from gateway.policy.guard import AREA, CODE, KEY, LIBRARY, SITE, SOURCE

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_INSTALLED = ("/site-packages", "/dist-packages")
_MAX_LINKS = 10

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.host.real_paths import Look


def key_places(look: Look) -> dict[str, str]:
    """Return where the key is, under each of its names."""
    path = f"{state_folder()}/key"
    return {path: KEY, look.real_path(path): KEY}


def own_places(project: str, look: Look, policies: tuple[str, ...] = ()) -> dict[str, str]:
    """Return every place of the guard (path -> kind, see gateway.policy.guard), each under the name it is used by and
    its real one.

    project   absolute root; the guard's source below it is the project's own work
    policies  files that the policy in force was read from, those that another one extends among them
    """
    places: dict[str, str] = {}
    real = look.real_path

    def add(path: str, kind: str) -> None:
        for spelling in _spellings(path, real(path), look):
            places.setdefault(spelling, kind)

    for path, kind in key_places(look).items():
        add(path, kind)
    for path in (state_folder(), config_folder(), MANAGED, trace_folder(project)):
        add(path, CODE)
    for path in policies:
        add(path, SOURCE if below(real(path), real(project)) is not None else CODE)
    _add_package(project, look, add)
    _add_interpreter(look, add)
    return places


def _spellings(path: str, target: str, look: Look) -> list[str]:
    """Return a path under each name that it has on the way to its real one: every link on the way can be laid anew."""
    spellings = [path]
    while spellings[-1] != target and len(spellings) <= _MAX_LINKS:
        parts = spellings[-1].split("/")
        for at in range(2, len(parts) + 1):
            link = "/".join(parts[:at])
            aim = look.link(link)
            if not aim:
                continue
            folder = link[: link.rindex("/")]
            spellings.append(
                os.path.abspath("/".join((aim if aim.startswith("/") else f"{folder}/{aim}", *parts[at:])))
            )
            break
        else:
            break
    return list(dict.fromkeys((*spellings, target)))


def _add_package(project: str, look: Look, add: Callable[[str, str], None]) -> None:
    """Add the package and what it reads, wherever it is installed; a checkout below the project is the project's own
    source.
    """
    real = look.real_path
    folder = os.path.dirname(_PACKAGE)
    installed = folder.endswith(_INSTALLED)
    for path in (_PACKAGE, *(() if installed else (f"{folder}/policies", f"{folder}/schemas"))):
        own = not installed and below(real(path), real(project)) is not None
        add(path, SOURCE if own else CODE)
    if installed:
        add(folder, SITE)
        add(folder, AREA)
    elif below(real(folder), real(project)) is None:
        add(folder, AREA)


def _add_interpreter(look: Look, add: Callable[[str, str], None]) -> None:
    """Add what a hook is started with, link by link, the virtual environment it belongs to, and the modules it
    imports.
    """
    program = sys.executable
    for _ in range(_MAX_LINKS):
        if not program.startswith("/"):
            break
        add(program, CODE)
        target = look.link(program)
        if not target:
            break
        program = os.path.abspath(target if target.startswith("/") else f"{os.path.dirname(program)}/{target}")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    library = f"{sys.base_prefix}/{getattr(sys, 'platlibdir', 'lib')}/{version}"
    add(library, LIBRARY)
    prefix = os.path.dirname(os.path.dirname(sys.executable))
    if os.path.lexists(f"{prefix}/pyvenv.cfg"):
        for path, kind in (
            (f"{prefix}/bin", CODE),
            (f"{prefix}/pyvenv.cfg", CODE),
            (f"{prefix}/lib/{version}/site-packages", SITE),
            (prefix, AREA),
        ):
            add(path, kind)
    else:
        add(f"{library}/site-packages", SITE)
