"""Approvals: what a call is waiting for when nobody could be asked, and a person's answer: once, for that very call,
for a while.

Files of the user's state folder, which the agent is denied to write. A grant is bound by a keyed digest to tool,
arguments and folders, and is used up by whoever removes its file.
"""

from __future__ import annotations

from gateway.host.store_key import user_key
from gateway.host.user_folders import state_folder
from gateway.lane_os import open_regular, os
from gateway.model.decision import Grant
from gateway.model.digest import hex_digest
from gateway.model.errors import GatewayError, NothingError, ProtocolError
from gateway.model.json_text import dumps_ascii, line_of, loads

WAITING = 15 * 60.0
"""Seconds that a call waits for an answer, and that an answer waits for its call."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject


def digest_of(call: ToolCall, project: str) -> str:
    """Return what makes a call this very call, whoever makes it and whatever its id."""
    return hex_digest(user_key(), "approval", call.tool, dumps_ascii(call.arguments, sort_keys=True), call.cwd, project)


def ask(digest: str, what: JsonObject, now: float) -> str:
    """Keep what a call waits for; return the name it is approved by. Asked again, it waits anew under the same name."""
    name = digest[:10]
    _write(_path("waiting", name), {**what, "digest": digest, "asked": now, "expires": now + WAITING})
    return name


def take(digest: str, now: float) -> Grant | None:
    """Use a grant up and return it, None when there is none, or none that still holds."""
    path = _path("granted", digest[:10])
    grant = _read(path)
    if grant is None:
        return None
    try:
        os.unlink(path)
    except OSError:
        return None  # another call was faster
    if not all(isinstance(grant.get(name), float) for name in ("at", "expires")) or not now < grant["expires"]:
        return None
    given = Grant(
        str(grant.get("by")),
        at=grant["at"],
        expires=grant["expires"],
        digest=digest,
        key=_key_name(),
        seal=str(grant.get("seal")),
    )
    if grant.get("digest") != digest or given.seal != _seal(given):
        return None
    _remove(_path("waiting", digest[:10]))
    return given


def holds(grant: Grant, call: ToolCall, facts: Facts) -> bool | None:
    """Return whether a grant as it was recorded was given for a call and still held then; None where its key is not
    this user's.
    """
    if grant.key != _key_name():
        return None
    return grant.seal == _seal(grant) and grant.digest == digest_of(call, facts.project) and facts.now < grant.expires


def grant(name: str, by: str, now: float, seconds: float = WAITING) -> JsonObject:
    """Allow a waiting call once; return what it was waiting for. Raises NothingError, GatewayError."""
    asked = waiting(name, now)
    answer = Grant(by, at=now, expires=now + seconds, digest=asked["digest"], key=_key_name(), seal="")
    told: JsonObject = {"digest": answer.digest, "by": by, "at": now, "expires": answer.expires, "seal": _seal(answer)}
    _write(_path("granted", answer.digest[:10]), told)
    return asked


def waiting(name: str, now: float) -> JsonObject:
    """Return what waits under a name or a unique beginning of one. Raises NothingError."""
    fits = [item for item in all_waiting(now) if item["name"].startswith(name)] if name else []
    if len(fits) != 1:
        problem = f"`{name}` fits {len(fits)} calls" if fits else f"no call waits under `{name}`"
        raise NothingError(problem, "`agent-strace approvals` shows them")
    return fits[0]


def all_waiting(now: float) -> list[JsonObject]:
    """Return what waits for an answer, the latest first; what waited too long is dropped."""
    folder = f"{state_folder()}/approvals/waiting"
    found: list[JsonObject] = []
    for name in _names(folder):
        asked = _read(f"{folder}/{name}")
        if asked is None or not isinstance(asked.get("expires"), float) or asked["expires"] <= now:
            _remove(f"{folder}/{name}")
        else:
            found.append({**asked, "name": name})
    return sorted(found, key=lambda asked: -asked["asked"])


def _seal(grant: Grant) -> str:
    return hex_digest(user_key(), "grant", grant.digest, grant.by, repr(grant.at), repr(grant.expires))


def _key_name() -> str:
    """Return what tells the key that grants are sealed with from another, and nothing of the key."""
    return hex_digest(user_key(), "which key")[:16]


def _path(kind: str, name: str) -> str:
    if not name.isalnum():
        raise GatewayError(f"`{name}` is no name of a call")
    return f"{state_folder()}/approvals/{kind}/{name}"


def _names(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.isalnum()]
    except OSError:
        return []


def _read(path: str) -> JsonObject | None:
    try:
        fd = open_regular(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        seen = os.fstat(fd)
        if seen.st_uid != os.geteuid() or seen.st_mode & 0o077:
            return None
        value = loads(os.read(fd, seen.st_size + 1).decode("utf-8", "replace"))
    except (OSError, ProtocolError):
        return None
    finally:
        os.close(fd)
    return value if isinstance(value, dict) else None


def _write(path: str, value: JsonObject) -> None:
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        fd = open_regular(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
        try:
            os.write(fd, line_of(value))
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError as error:
        raise GatewayError(
            f"the approval cannot be kept: {error.strerror}", f"look at `{os.path.dirname(path)}`"
        ) from None


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
