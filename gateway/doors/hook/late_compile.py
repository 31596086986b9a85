"""Compiling a policy for the next hook, where the deadline has cut this one off: a cold start on a slow machine must
not refuse every call for ever.

Compiling a policy that no cache holds imports a YAML reader and parses every pack, which takes seconds on a busy
machine or a slow disk. The client waits for the hook and lets the call through once its own ten seconds are over, so
the hook cannot go on; and what an interrupted interpreter holds may be half made, so no copy of it may. A fresh process
does the work again, by itself, and keeps what comes of it.
"""

import sys

if __name__ == "__main__":
    sys.path.insert(0, __file__.rpartition("/gateway/")[0] or ".")

from gateway.lane_os import end_by, open_regular, os

SECONDS = 20.0
"""Longest that it takes; the next hook that is cut off starts another one."""
LOCK = "compiling.lock"


def begin(folders: tuple[str, ...], explicit: str) -> None:
    """Start the process that compiles the policy that holds in these folders, and do not wait for it; not being able to
    only costs time.

    explicit  a policy file that stands instead of the project's, or ""
    """
    from gateway.doors.hook.detached import start

    start([sys.executable, "-I", "-S", __file__, explicit, *folders])


def main(explicit: str, folders: list[str]) -> None:
    """Compile the policy that holds in these folders and keep it, unless a process of this user is at it; ends the
    process.
    """
    try:
        end_by(0, SECONDS)
        from gateway.host.policy_files import load_policy

        if _taken():
            load_policy(tuple(folders), explicit=explicit)
    finally:
        os._exit(0)  # noqa: SLF001


def _taken() -> bool:
    """Whether this process is the one that compiles now; the lock ends with it."""
    import fcntl

    from gateway.host.user_folders import state_folder

    try:
        os.makedirs(f"{state_folder()}/policy", mode=0o700, exist_ok=True)
        fcntl.flock(
            open_regular(f"{state_folder()}/policy/{LOCK}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW),
            fcntl.LOCK_EX | fcntl.LOCK_NB,
        )
    except OSError:  # another one is at it, or nothing can be kept here
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
