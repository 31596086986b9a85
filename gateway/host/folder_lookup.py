"""What holds for calls from a folder: its policy, its project root and its store. Read once per call, or kept by a
process that lives on.
"""

from __future__ import annotations

from gateway.host.locations import anchor, own_store, policies_from
from gateway.host.policy_files import load_policy
from gateway.model.errors import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.host.policy_watch import WatchedFolders
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.settings import Settings


class FolderLookup:
    """Policy, project root and store of the folders that the calls of one door come from.

    exact  a call is being judged: its policy must be the one that holds now, not one of a moment ago
    """

    __slots__ = ("_policies", "_settings", "_unreadable", "_watched", "exact")

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._policies: dict[str, CompiledPolicy] = {}
        self._unreadable: set[str] = set()
        self._watched = _watched(settings) if settings.resident else None
        self.exact = False

    def forget(self) -> None:
        """Have the next call read its policy anew."""
        self._policies.clear()
        self._unreadable.clear()

    def policy(self, cwd: str) -> CompiledPolicy:
        """Return the policy that holds for calls from a folder, read once per call. Raises PolicyError."""
        policy = self._policies.get(cwd)
        if policy is None:
            policy = self._policies[cwd] = self._load(cwd)
        return policy

    def policy_if_readable(self, cwd: str) -> CompiledPolicy | None:
        """Return the policy that holds for calls from a folder, None where it cannot be read."""
        if cwd in self._unreadable:  # not compiled again for each event of a session that is let in late
            return None
        try:
            return self.policy(cwd)
        except PolicyError:
            self._unreadable.add(cwd)
            return None

    def _load(self, cwd: str) -> CompiledPolicy:
        if self._watched is not None:
            return self._watched.policy(cwd, exact=self.exact)
        return load_policy((*self._settings.folders, cwd), explicit=self._settings.policy_file)

    def project(self, cwd: str) -> str:
        """Return the project root that calls from a folder belong to: the client's own project, as long as the folder
        has no other.
        """
        if self._watched is not None:
            return self._watched.project(cwd)
        for folder in self._settings.folders:
            if cwd == folder or cwd.startswith(folder.rstrip("/") + "/") or not policies_from(cwd):
                return anchor(folder)
        return anchor(cwd)

    def store(self, cwd: str) -> str:
        """Return the store that calls from a folder are recorded in. Raises TraceError where that is somebody
        else's.
        """
        folder = self._settings.folders[0] if self._settings.folders else cwd
        return self._settings.trace_dir or (self._watched.store(folder) if self._watched else own_store(folder))


def _watched(settings: Settings) -> WatchedFolders:
    """Return what a process that lives on keeps of its folders; off the hook lane, so imported when it is asked for."""
    from gateway.host import policy_watch

    return policy_watch.WatchedFolders(settings.folders, settings.policy_file)
