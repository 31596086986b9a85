"""Settings: how a door sets up its checkpoint. Pure."""

from __future__ import annotations

from gateway.model.passage import Capabilities
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Meter = Callable[[dict[str, Any], dict[str, list[int]]], dict[str, float]]


class Settings(Record):
    """How a checkpoint was set up by its door.

    door         what the door can do with a verdict
    trace_dir    store to write to, or "" for the project's
    policy_file  policy that stands instead of the project's, or ""
    observe      decide and record everything, refuse nothing
    mask         personal data is removed from the record too
    forward      what is removed from the record is removed from what is passed on, too
    resident     it lives longer than a call: a policy is kept while none of its files changes
    longest      characters of a text that a resident one records, 0 for all
    meter        tells what the session has used of its model, for limits on that (see gateway.analysis.usage_meter), or
                 None
    folders      further folders whose policies hold (the client's own project folder)
    """

    __slots__ = (
        "door",
        "folders",
        "forward",
        "longest",
        "mask",
        "meter",
        "observe",
        "policy_file",
        "resident",
        "trace_dir",
    )

    def __init__(
        self,
        door: Capabilities,
        *,
        trace_dir: str = "",
        policy_file: str = "",
        observe: bool = False,
        mask: bool = False,
        forward: bool = False,
        resident: bool = False,
        longest: int = 0,
        meter: Meter | None = None,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.door = door
        self.trace_dir = trace_dir
        self.policy_file = policy_file
        self.observe = observe
        self.mask = mask
        self.forward = forward
        self.resident = resident
        self.longest = longest
        self.meter = meter
        self.folders = folders
