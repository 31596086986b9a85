"""Completing the record of a session from the client's transcript once a hook has answered, in a process of its own.

What reads transcripts is far too heavy for a hook, and the client waits for the hook; so the answer is given first.
Whatever goes wrong here is made good by the next turn, by `import`, or when a report is asked for.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    sys.path.insert(0, __file__.rpartition("/gateway/")[0] or ".")

from gateway.lane_os import end_by, os

SECONDS = 120.0
"""Longest that it takes; what was written by then stays, and the next one goes on from there."""
SWITCH = "AGENT_TRACE_COMPLETE"
"""Variable that says `off` where a record is to hold nothing but what the hooks told."""
_NICE = 10

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.doors.hook.arrival import SessionEvent
    from gateway.model.settings import Settings


def begin(settings: Settings, event: SessionEvent, transcript: str) -> None:
    """Start the process that completes an event's session from its transcript, and do not wait for it."""
    if os.environ.get(SWITCH) == "off":
        return
    try:
        os.stat(transcript)
    except (OSError, ValueError):
        return
    from gateway.doors.hook.detached import start

    mask = "mask" if settings.mask else ""
    words = [settings.trace_dir, settings.policy_file, mask, event.session, event.cwd, transcript, *settings.folders]
    start([sys.executable, "-I", __file__, *words])


def main(words: list[str]) -> None:
    """Complete a session; ends the process without a word."""
    try:
        end_by(0, SECONDS)
        os.nice(_NICE)
        trace_dir, policy_file, mask, session, cwd, transcript, *folders = words
        from gateway.checkpoint import Checkpoint, Settings
        from gateway.doors.transcripts.background_completion import keep_up
        from gateway.model.passage import Capabilities

        def settings(store: str) -> Settings:
            return Settings(
                Capabilities(), trace_dir=store, policy_file=policy_file, mask=bool(mask), folders=tuple(folders)
            )

        store = Checkpoint(settings(trace_dir)).store(cwd)
        # calls that were made in other folders belong to the session's own store all the same
        keep_up(Checkpoint(settings(store)), store, session, transcript)
    finally:
        os._exit(0)  # noqa: SLF001


if __name__ == "__main__":
    main(sys.argv[1:])
