"""Finding, compiling and caching the policy that holds at a place.

A compiled policy is kept in the user's state folder as marshalled plain data, keyed by the digest of every source document, the
code's version and the Python version; it is checked before use. Missing or stale means compile once more; unreadable sources
refuse every call: a policy that cannot be read is not an absent one.
"""

from __future__ import annotations

import _imp
import marshal
import sys

from gateway import __version__
from gateway.host.locations import MANAGED, candidates_from, config_folder, home, policies_from, state_folder, trouble_with_policy
from gateway.lane_os import open_regular, os
from gateway.model.decision import FORWARD, RECORD
from gateway.model.digest import plain_digest
from gateway.model.errors import PolicyError
from gateway.model.json_text import dumps_ascii

FORMAT = 5
MAX_POLICY = 4 * 1024 * 1024
MAX_EXTENDS = 20
_CIRCLE = "`extends` goes in a circle, or too deep"

_NAMES = ("agent-scope.json", "agent-scope.yaml")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Policy = dict[str, Any]
    Source = tuple[str, str]
    Marks = list[tuple[str, tuple[int, ...] | None]]


def load_policy(folders: tuple[str, ...], *, explicit: str = "") -> Policy:
    """Return the compiled policy that holds for calls from these folders.

    folders   working folders whose project policies hold (all of those from each upwards)
    explicit  a policy file that stands instead of the project's
    Raises PolicyError when a document cannot be read or understood.
    """
    return load_watched(folders, explicit=explicit)[0]


def load_watched(folders: tuple[str, ...], *, explicit: str = "") -> tuple[Policy, Marks]:
    """Return the policy that holds for calls from these folders, and how every file looks that it depends on, the missing ones too.

    Raises PolicyError as `load_policy` does.
    """
    candidates = [f"{config_folder()}/{name}" for name in _NAMES] + [f"{MANAGED}/{name}" for name in _NAMES]
    if not explicit:
        candidates += [path for folder in folders for path in candidates_from(folder)]
    marks = [(path, mark_of(path)) for path in candidates]  # looked at before they are read: a change in between shows later
    roots = _roots(folders, explicit)
    _refuse_others([path for path, mark in marks if mark is not None])
    key = plain_digest(marshal.dumps((FORMAT, __version__, sys.version, sys.platform, __file__, roots)))  # two installations have two keys
    policy, sources = _load_cached(key) or (None, [])
    if policy is None:
        reader = Reader()
        policy, sources = compile_policy(roots, reader)
        _keep(policy["revision"], roots, reader)
        _store_cached(key, sources, policy)
    known = {path for path, _ in marks}
    return policy, [*marks, *((path, mark_of(path)) for path, _ in sources if path not in known)]


def _refuse_others(paths: list[str]) -> None:
    """Refuse to go on where one of the policies that are there belongs to somebody else, or could be written by them. Raises PolicyError."""
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


def policy_if(folders: tuple[str, ...], instead: dict[str, str]) -> Policy:
    """Return the policy that would hold if some of its files had another text (file -> text). Raises PolicyError."""
    return compile_policy(_roots(folders, ""), Reader(instead))[0]


def compile_policy(roots: list[tuple[str, str]], reader: Reader | None = None) -> tuple[Policy, list[Source]]:
    """Return (policy, [(path, digest)]) of documents read now, or by another reader. Raises PolicyError."""
    _reach_libraries()
    from gateway.policy.layers import combine

    reader = reader or Reader()
    documents = reader.pack("baseline", "baseline", 0)
    for level, path in roots:
        text = reader.read(path, must_exist=level == "project")
        if text is not None and level == "project" and os.path.islink(path):
            documents += reader.untold(text, path, level, 0, name=path, place=path)
        elif text is not None:
            documents += reader.document(text, path, level, 0)
    revision = "sha256:" + plain_digest(marshal.dumps([(os.path.basename(path), digest) for path, digest in reader.sources if digest]))
    return _known(combine(documents, revision)), reader.sources


def _keep(revision: str, roots: list[tuple[str, str]], reader: Reader) -> None:
    """Keep the documents of a revision, so that what it judged can be judged again; done when it is compiled, never by a later call."""
    from gateway.host.policy_revisions import keep

    keep(revision, roots, reader.texts)


def _reach_libraries() -> None:
    """Make the installed libraries importable in a hook's interpreter, which starts without `site`; compiling is the slow path anyway."""
    if "site" not in sys.modules:
        import site

        site.main()


class Reader:
    """Reads documents and what they extend, keeping every source and its digest."""

    def __init__(self, instead: dict[str, str] | None = None) -> None:
        self.sources: list[Source] = []
        self.texts: dict[str, bytes] = {}
        self.instead = instead or {}

    def content(self, path: str) -> bytes | None:
        """Return what a file holds, None when there is none. Raises PolicyError."""
        return self.instead[path].encode() if path in self.instead else _bytes_of(path)

    def pack_file(self, name: str) -> str | None:
        """Return the file of a pack, None when there is none of that name."""
        from gateway.host.resources import pack_path

        return pack_path(name)

    def read(self, path: str, *, must_exist: bool) -> str | None:
        """Return the text of a document, None when there is none. Raises PolicyError."""
        data = self.content(path)
        self.sources.append((path, plain_digest(data) if data is not None else ""))
        if data is None:
            if must_exist:
                raise PolicyError("no such file", "check the path", source=path)
            return None
        self.texts[path] = data
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise PolicyError(f"not UTF-8 at byte {error.start}", source=path) from None

    def document(self, text: str, path: str, level: str, depth: int) -> list[tuple[str, Policy]]:
        """Return a document and what it extends, beneath first. Raises PolicyError."""
        from gateway.policy.parse import parse_document

        document = parse_document(text, path, folded=sys.platform in ("darwin", "win32"))
        return self.extended(document, os.path.dirname(path), level, depth)

    def extended(self, document: Policy, folder: str, level: str, depth: int) -> list[tuple[str, Policy]]:
        """Return what a parsed document extends, then the document. Raises PolicyError."""
        if depth > MAX_EXTENDS:
            raise PolicyError(_CIRCLE, source=document["name"], pointer="/extends")
        documents: list[tuple[str, Policy]] = []
        for name, place in document.get("extends", ()):
            if name == "baseline":
                continue
            if "/" in name or name.endswith((".json", ".yaml", ".yml")):
                path = _extended_path(name, folder)
                try:
                    text = self.read(path, must_exist=True)
                except PolicyError as error:
                    raise PolicyError(f"cannot extend `{name}`: {error.problem}", source=place, pointer="/extends") from None
                found = self.untold(text or "", path, level, depth + 1, name=name, place=place)
            else:
                found = self.pack(name, level, depth + 1, place=place)
            if document.get("shadow"):
                for _, one in found:
                    one["shadow"] = True
            documents += found
        return [*documents, (level, document)]

    def untold(self, text: str, path: str, level: str, depth: int, *, name: str, place: str) -> list[tuple[str, Policy]]:
        """Return what `document` does of a file that may be no policy at all. Raises PolicyError that tells nothing of what is in it.

        A repository names the file, the reason goes to the agent: `{"extends": ["~/.netrc"]}` must not read it to it.
        """
        try:
            return self.document(text, path, level, depth)
        except PolicyError as error:
            if error.problem == _CIRCLE:
                raise
            line = f" at line {error.line}" if error.line and error.source == path else ""
            hint = f"`agent-strace policy check {path}` says what is wrong with it"
            raise PolicyError(f"`{name}` is no policy that can be understood{line}", hint, source=place, pointer="/extends") from None

    def pack(self, name: str, level: str, depth: int, *, place: str = "") -> list[tuple[str, Policy]]:
        """Return a pack and what it extends. Raises PolicyError."""
        path = self.pack_file(name)
        if path is None:
            from gateway.host.resources import pack_names

            raise PolicyError(f"there is no pack `{name}`", "packs: " + ", ".join(pack_names()), source=place, pointer="/extends")
        text = self.read(path, must_exist=True)
        from gateway.policy.parse import parse_document

        document = parse_document(text or "", path, folded=sys.platform in ("darwin", "win32"))
        _rename(document, path, os.path.basename(path))
        return self.extended(document, os.path.dirname(path), level, depth)


def _extended_path(name: str, folder: str) -> str:
    """Return the file that an `extends` entry names, from the folder of the document it stands in."""
    if name == "~" or name.startswith("~/"):
        name = home() + name[1:]
    return os.path.abspath(name if name.startswith("/") else f"{folder}/{name}")


def _rename(value: object, path: str, name: str) -> None:
    """Shorten the source of a pack's entries to the pack's file name."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and item.startswith(path) and key in ("source", "name", "default_source", "on_opaque_source"):
                value[key] = name + item[len(path) :]
            else:
                _rename(item, path, name)
    elif isinstance(value, list):
        for item in value:
            _rename(item, path, name)


def _bytes_of(path: str) -> bytes | None:
    """Return the content of a policy file, None when there is none. Raises PolicyError when it is there and cannot be read."""
    try:
        fd = open_regular(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise PolicyError(f"cannot be read: {getattr(error, 'strerror', None) or error}", source=path) from None
    try:
        data = os.read(fd, MAX_POLICY + 1)
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", source=path) from None
    finally:
        os.close(fd)
    if len(data) > MAX_POLICY:
        raise PolicyError("larger than 4 MiB", source=path)
    return data


def _cache_path(key: str) -> str:
    return f"{state_folder()}/policy/{key[:32]}.bin"


def _load_cached(key: str) -> tuple[Policy, list[Source]] | None:
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
        ours, sources, policy = marshal.loads(data[8:])  # noqa: S302  # our own file: owner, mode and checksum were looked at
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
    data = _bytes_of(path)
    return digest == (plain_digest(data) if data is not None else "")


def _store_cached(key: str, sources: list[Source], policy: Policy) -> None:
    """Keep the compiled policy; not being able to only costs time."""
    data = marshal.dumps((_ours(sources), sources, policy))
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


def policy_of_value(value: object, folder: str, name: str = "policy") -> Policy:
    """Return the compiled policy of an inline project document together with all that always holds. Raises PolicyError."""
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
    revision = "sha256:" + plain_digest(marshal.dumps((sources, inline.sources)) + dumps_ascii(value, sort_keys=True).encode())
    return _known(combine([*documents, *own], revision))


def _known(policy: Policy) -> Policy:
    """Return a policy that obliges to nothing that no detector is called. Raises PolicyError."""
    from gateway.redaction.policy_cleaner import wanted_by

    for reach in (RECORD, FORWARD):
        wanted_by(policy, reach)
    return policy


_beneath: dict[str, tuple[list[tuple[str, Policy]], list[Source]]] = {}
