"""The documents behind every policy revision that judged on this machine, kept so that each verdict can be reached
again.

One file a revision in the user's state folder, content-addressed: what is read back must digest to the revision it is
kept under. Written when a policy is compiled, so a call that finds its policy compiled pays nothing.
"""

from __future__ import annotations

from gateway.host.policy_reader import Reader, compile_policy
from gateway.host.user_folders import state_folder
from gateway.lane_os import os
from gateway.model.errors import GatewayError
from gateway.model.json_text import dumps_ascii, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy


_PREFIX = "sha256:"


def keep(revision: str, roots: list[tuple[str, str]], texts: dict[str, bytes]) -> None:
    """Keep the documents of a revision; not being able to only means that its verdicts cannot be checked later.

    roots  (level, path) of the documents that could hold
    texts  content of every document that was read, by path
    """
    path = _path(revision)
    temporary = f"{path}.{os.getpid()}"
    value = {
        "revision": revision,
        "roots": [list(root) for root in roots],
        "texts": {name: text.decode("latin-1") for name, text in texts.items()},
    }
    try:
        os.stat(path)
        return
    except OSError:
        pass
    try:
        os.makedirs(f"{state_folder()}/revisions", mode=0o700, exist_ok=True)
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            os.write(fd, dumps_ascii(value).encode())
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError:
        return


def kept(revision: str) -> CompiledPolicy | None:
    """Return the policy of a revision, compiled again from its documents; None when they are not kept, or are not what
    they were.
    """
    if not revision.startswith(_PREFIX) or not revision[len(_PREFIX) :].isalnum():
        return None
    try:
        with open(_path(revision), "rb") as file:
            value = loads(file.read().decode())
        if not isinstance(value, dict):
            return None
        texts = {name: text.encode("latin-1") for name, text in value["texts"].items()}
        policy, _ = compile_policy([(level, path) for level, path in value["roots"]], _Kept(texts))
    except (OSError, GatewayError, KeyError, AttributeError, ValueError, TypeError):
        return None
    return policy if policy["revision"] == revision else None


class _Kept(Reader):
    """Reads documents that were kept, and nothing else."""

    def __init__(self, kept_texts: dict[str, bytes]) -> None:
        super().__init__()
        self.kept_texts = kept_texts

    def content(self, path: str) -> bytes | None:
        """Return what a file held."""
        return self.kept_texts.get(path)

    def pack_file(self, name: str) -> str | None:
        """Return the file that a pack was read from, wherever packs stood then."""
        return next((path for path in self.kept_texts if path.endswith(f"/{name}.yaml")), None)


def _path(revision: str) -> str:
    return f"{state_folder()}/revisions/{revision[len(_PREFIX) :]}.json"
