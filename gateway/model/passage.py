"""Capabilities of a door, and Passage: what the checkpoint hands back to it. Pure."""

from __future__ import annotations

from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import Decision
from gateway.model.record import Record


class Capabilities(Record):
    """What a door can do with a verdict; what it cannot discharge becomes a denial.

    blocks              it can stop a call
    asks                somebody can be asked through it
    rewrites_arguments  it can pass on other arguments than it was given
    rewrites_results    it can hand back another result than the tool gave
    """

    __slots__ = ("asks", "blocks", "rewrites_arguments", "rewrites_results")

    def __init__(
        self,
        *,
        blocks: bool = False,
        asks: bool = False,
        rewrites_arguments: bool = False,
        rewrites_results: bool = False,
    ) -> None:
        self.blocks = blocks
        self.asks = asks
        self.rewrites_arguments = rewrites_arguments
        self.rewrites_results = rewrites_results


class Passage(Record):
    """A judged call on its way through a door.

    effect    what the door must do: ALLOW (pass `call` on), ASK or DENY
    call      the call to pass on; its arguments are rewritten where policy says so
    decision  the verdict behind the effect, or None when the call was refused before it could be judged
    text      what to tell the client when the effect is not ALLOW, one paragraph
    event     id of the recorded event, or ""
    rewritten  whether the arguments of `call` are not those that came
    stop       whether the session should end here
    """

    __slots__ = ("call", "decision", "effect", "event", "rewritten", "stop", "text")

    def __init__(
        self,
        effect: int,
        call: ToolCall,
        *,
        decision: Decision | None = None,
        text: str = "",
        event: str = "",
        rewritten: bool = False,
        stop: bool = False,
    ) -> None:
        self.stop = stop
        self.effect = effect
        self.rewritten = rewritten
        self.call = call
        self.decision = decision
        self.text = text
        self.event = event


class Return(Record):
    """A result on its way back through a door.

    result   what to hand back; its output is rewritten where policy says so
    changed  whether it differs from what the tool gave
    refused  why it may not be handed back at all, or ""
    event    id of the recorded event, or ""
    withheld  why nothing of it may go on, at any door: what policy takes out could not be taken out; or ""
    unsure   it is withheld because nobody could tell whether policy takes anything out
    """

    __slots__ = ("changed", "event", "refused", "result", "unsure", "withheld")

    def __init__(
        self,
        result: ToolResult,
        *,
        changed: bool = False,
        refused: str = "",
        event: str = "",
        withheld: str = "",
        unsure: bool = False,
    ) -> None:
        self.withheld = withheld
        self.unsure = unsure
        self.result = result
        self.changed = changed
        self.refused = refused
        self.event = event
