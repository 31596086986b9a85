"""Finding, compiling and caching the policy that holds at a place.

A compiled policy is kept in the user's state folder as marshalled plain data, keyed by the digest of every source
document, the code's version and the Python version; it is checked before use. Missing or stale means compile once more;
unreadable sources refuse every call: a policy that cannot be read is not an absent one.
"""

from __future__ import annotations

import _imp
import marshal
import sys

from gateway import __version__
from gateway.host.locations import candidates_from, policies_from, trouble_with_policy
from gateway.host.policy_sources import bytes_of
from gateway.host.user_folders import MANAGED, config_folder, state_folder
from gateway.lane_os import open_regular, os
from gateway.model.digest import plain_digest
from gateway.model.errors import PolicyError
from gateway.model.json_text import dumps_ascii

FORMAT = 5

_NAMES = ("agent-scope.json", "agent-scope.yaml")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.host.policy_reader import Reader
    from gateway.model.compiled_policy import CompiledPolicy, Document

    Source = tuple[str, str]
    Marks = list[tuple[str, tuple[int, ...] | None]]


def load_policy(folders: tuple[str, ...], *, explicit: str = "") -> CompiledPolicy:
    """Return the compiled policy that holds for calls from these folders.

    folders   working folders whose project policies hold (all of those from each upwards)
    explicit  a policy file that stands instead of the project's
    Raises PolicyError when a document cannot be read or understood.
    """
    return load_watched(folders, explicit=explicit)[0]


def load_watched(folders: tuple[str, ...], *, explicit: str = "") -> tuple[CompiledPolicy, Marks]:
    """Return the policy that holds for calls from these folders, and how every file looks that it depends on, the
    missing ones too.

    Raises PolicyError as `load_policy` does.
    """
    candidates = [f"{config_folder()}/{name}" for name in _NAMES] + [f"{MANAGED}/{name}" for name in _NAMES]
    if not explicit:
        candidates += [path for folder in folders for path in candidates_from(folder)]
    # looked at before they are read: a change in between shows later
    marks = [(path, mark_of(path)) for path in candidates]
    roots = _roots(folders, explicit)
    _refuse_others([path for path, mark in marks if mark is not None])
    # two installations have two keys
    key = plain_digest(marshal.dumps((FORMAT, __version__, sys.version, sys.platform, __file__, roots)))
    policy, sources = _load_cached(key) or (None, [])
    if policy is None:
        from gateway.host.policy_reader import Reader, compile_policy

        reader = Reader()
        policy, sources = compile_policy(roots, reader)
        _keep(policy["revision"], roots, reader)
        _store_cached(key, sources, policy)
    known = {path for path, _ in marks}
    return policy, [*marks, *((path, mark_of(path)) for path, _ in sources if path not in known)]


def _refuse_others(paths: list[str]) -> None:
    """Refuse to go on where one of the policies that are there belongs to somebody else, or could be written by them.
    Raises PolicyError.
    """
    for path in paths:
        problem, hint = trouble_with_policy(path)
        if problem:
            raise PolicyError(f"this policy is not used: {problem}", hint, source=path)


def mark_of(path: str) -> tuple[int, ...] | None:
    """Return what tells a file from what it was before, None where it cannot be looked at."""
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return (seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_dev)


def _roots(folders: tuple[str, ...], explicit: str) -> list[tuple[str, str]]:
    """Return (level, path) of the documents that may hold, whether they exist or not."""
    roots = [("managed", f"{MANAGED}/{name}") for name in _NAMES]
    roots += [("user", f"{config_folder()}/{name}") for name in _NAMES]
    projects = [explicit] if explicit else [path for folder in folders for path in policies_from(folder)]
    return roots + [("project", path) for path in dict.fromkeys(projects)]


def policy_if(folders: tuple[str, ...], instead: dict[str, str]) -> CompiledPolicy:
    """Return the policy that would hold if some of its files had another text (file -> text). Raises PolicyError."""
    from gateway.host.policy_reader import Reader, compile_policy

    return compile_policy(_roots(folders, ""), Reader(instead))[0]


def _keep(revision: str, roots: list[tuple[str, str]], reader: Reader) -> None:
    """Keep the documents of a revision, so that what it judged can be judged again; done when it is compiled, never by
    a later call.
    """
    from gateway.host.policy_revisions import keep

    keep(revision, roots, reader.texts)


def _cache_path(key: str) -> str:
    return f"{state_folder()}/policy/{key[:32]}.bin"


def _load_cached(key: str) -> tuple[CompiledPolicy, list[Source]] | None:
    try:
        fd = open_regular(_cache_path(key), os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        stat = os.fstat(fd)
        if stat.st_uid != os.geteuid() or stat.st_mode & 0o077:
            return None
        data = os.read(fd, stat.st_size + 1)
    except OSError:
        return None
    finally:
        os.close(fd)
    if _imp.source_hash(FORMAT, data[8:]) != data[:8]:
        return None
    try:
        # # our own file: owner, mode and checksum were looked at
        ours, sources, policy = marshal.loads(data[8:])  # noqa: S302
    except (ValueError, EOFError, TypeError):
        return None
    current = all(_stamp(path) == stamp for path, stamp in ours.items())
    current = current and all(path in ours or _is_current(path, digest) for path, digest in sources)
    return (policy, sources) if current else None


def _stamp(path: str) -> int:
    """Return when a file was changed last, 0 when it is gone."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _ours(sources: list[Source]) -> dict[str, int]:
    """Return when our own files that a policy depends on were changed: the packs, and the modules that compiled it.

    They are trusted as a `.pyc` trusts its source; everybody else's files are read again and compared by digest.
    """
    from gateway.host.resources import resource_folder

    packs = resource_folder("policies") + "/"
    files = [module.__file__ for name, module in sys.modules.items() if name.startswith("gateway.policy")]
    return {path: _stamp(path) for path in (*files, *(path for path, _ in sources if path.startswith(packs))) if path}


def _is_current(path: str, digest: str) -> bool:
    data = bytes_of(path)
    return digest == (plain_digest(data) if data is not None else "")


def _store_cached(key: str, sources: list[Source], policy: CompiledPolicy) -> None:
    """Keep the compiled policy; not being able to only costs time."""
    data = marshal.dumps((_ours(sources), sources, dict(policy)))
    path = _cache_path(key)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            os.write(fd, _imp.source_hash(FORMAT, data) + data)
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError:
        return


def policy_of_value(value: object, folder: str, name: str = "policy") -> CompiledPolicy:
    """Return the compiled policy of an inline project document together with all that always holds. Raises
    PolicyError.
    """
    from gateway.host.policy_reader import Reader, known_to_detectors
    from gateway.policy.layers import combine
    from gateway.policy.parse import parse_value

    key = "\0".join(path for _, path in _roots((), ""))
    if key not in _beneath:
        reader = Reader()
        documents = reader.pack("baseline", "baseline", 0)
        for level, path in _roots((), ""):
            text = reader.read(path, must_exist=False)
            if text is not None:
                documents += reader.document(text, path, level, 0)
        _beneath[key] = (documents, reader.sources)
    documents, sources = _beneath[key]
    inline = Reader()
    parsed = parse_value(value, name, folded=sys.platform in ("darwin", "win32"))
    own = inline.extended(parsed, folder, "project", 0)
    revision = "sha256:" + plain_digest(
        marshal.dumps((sources, inline.sources)) + dumps_ascii(value, sort_keys=True).encode()
    )
    return known_to_detectors(combine([*documents, *own], revision))


_beneath: dict[str, tuple[list[tuple[str, Document]], list[Source]]] = {}
