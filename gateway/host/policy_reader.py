"""Reading policy documents and what they extend, and compiling them to the policy that judges. Off the path of a call
that finds its policy compiled.

Every source is kept with its digest: the digests together are the policy's revision.
"""

from __future__ import annotations

import marshal
import sys

from gateway.host.policy_sources import bytes_of
from gateway.host.user_folders import home
from gateway.lane_os import os
from gateway.model.decision import FORWARD, RECORD
from gateway.model.digest import plain_digest
from gateway.model.errors import PolicyError

MAX_EXTENDS = 20
_CIRCLE = "`extends` goes in a circle, or too deep"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Document

    Source = tuple[str, str]


def compile_policy(roots: list[tuple[str, str]], reader: Reader | None = None) -> tuple[CompiledPolicy, list[Source]]:
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
    revision = "sha256:" + plain_digest(
        marshal.dumps([(os.path.basename(path), digest) for path, digest in reader.sources if digest])
    )
    return known_to_detectors(combine(documents, revision)), reader.sources


def _reach_libraries() -> None:
    """Make the installed libraries importable in a hook's interpreter, which starts without `site`; compiling is the
    slow path anyway.
    """
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
        return self.instead[path].encode() if path in self.instead else bytes_of(path)

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

    def document(self, text: str, path: str, level: str, depth: int) -> list[tuple[str, Document]]:
        """Return a document and what it extends, beneath first. Raises PolicyError."""
        from gateway.policy.parse import parse_document

        document = parse_document(text, path, folded=sys.platform in ("darwin", "win32"))
        return self.extended(document, os.path.dirname(path), level, depth)

    def extended(self, document: Document, folder: str, level: str, depth: int) -> list[tuple[str, Document]]:
        """Return what a parsed document extends, then the document. Raises PolicyError."""
        if depth > MAX_EXTENDS:
            raise PolicyError(_CIRCLE, source=document["name"], pointer="/extends")
        documents: list[tuple[str, Document]] = []
        for name, place in document.get("extends", ()):
            if name == "baseline":
                continue
            if "/" in name or name.endswith((".json", ".yaml", ".yml")):
                path = _extended_path(name, folder)
                try:
                    text = self.read(path, must_exist=True)
                except PolicyError as error:
                    raise PolicyError(
                        f"cannot extend `{name}`: {error.problem}", source=place, pointer="/extends"
                    ) from None
                untold = self.untold(text or "", path, level, depth + 1, name=name, place=place)
            else:
                untold = self.pack(name, level, depth + 1, place=place)
            if document.get("shadow"):
                for _, item in untold:
                    item["shadow"] = True
            documents += untold
        return [*documents, (level, document)]

    def untold(
        self, text: str, path: str, level: str, depth: int, *, name: str, place: str
    ) -> list[tuple[str, Document]]:
        """Return what `document` does of a file that may be no policy at all. Raises PolicyError that tells nothing of
        what is in it.

        A repository names the file, the reason goes to the agent: `{"extends": ["~/.netrc"]}` must not read it to it.
        """
        try:
            return self.document(text, path, level, depth)
        except PolicyError as error:
            if error.problem == _CIRCLE:
                raise
            line = f" at line {error.line}" if error.line and error.source == path else ""
            hint = f"`agent-strace policy check {path}` says what is wrong with it"
            raise PolicyError(
                f"`{name}` is no policy that can be understood{line}", hint, source=place, pointer="/extends"
            ) from None

    def pack(self, name: str, level: str, depth: int, *, place: str = "") -> list[tuple[str, Document]]:
        """Return a pack and what it extends. Raises PolicyError."""
        path = self.pack_file(name)
        if path is None:
            from gateway.host.resources import pack_names

            raise PolicyError(
                f"there is no pack `{name}`", "packs: " + ", ".join(pack_names()), source=place, pointer="/extends"
            )
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
            if (
                isinstance(item, str)
                and item.startswith(path)
                and key in ("source", "name", "default_source", "on_opaque_source")
            ):
                value[key] = name + item[len(path) :]
            else:
                _rename(item, path, name)
    elif isinstance(value, list):
        for item in value:
            _rename(item, path, name)


def known_to_detectors(policy: CompiledPolicy) -> CompiledPolicy:
    """Return a policy that obliges to nothing that no detector is called. Raises PolicyError."""
    from gateway.redaction.policy_cleaner import wanted_by

    for reach in (RECORD, FORWARD):
        wanted_by(policy, reach)
    return policy
