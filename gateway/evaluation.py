"""The policy decision point: what a call would do, what the world looks like, and the verdict. Reads the machine,
writes nothing.

`gateway.checkpoint`, the policy enforcement point, asks it about live calls; analysis, reports and authoring ask it
about recorded and imagined ones. One judge for all of them: a verdict in a report is what the door would have said.
Only this module imports `gateway.decide`.
"""

from __future__ import annotations

from gateway.decide import decide
from gateway.host.observe import observe
from gateway.host.user_folders import home
from gateway.model.record import replaced
from gateway.policy.rules.files import denies
from gateway.tools import actions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.decision import Decision, Reason
    from gateway.model.facts import Facts


def look_and_judge(policy: CompiledPolicy, call: ToolCall, *, project: str) -> tuple[ToolCall, Facts, Decision]:
    """Return (the call with its actions, what was seen, the verdict) under a compiled policy."""
    judged, facts = looked_at(policy, call, project=project)
    return judged, facts, judge(policy, judged, facts)


def looked_at(policy: CompiledPolicy, call: ToolCall, *, project: str) -> tuple[ToolCall, Facts]:
    """Return (the call with its actions, what was seen of them)."""
    own_home = home()
    judged = with_actions(call, policy, own_home)
    denied = denies(policy["layers"], project=project, home=own_home)
    unwritable = denies(policy["layers"], project=project, home=own_home, part="write")
    files = tuple(layer["name"] for layer in policy["layers"] if layer["name"].startswith("/"))
    return judged, observe(judged, project=project, home=own_home, denied=denied, unwritable=unwritable, policies=files)


def with_actions(call: ToolCall, policy: CompiledPolicy, own_home: str) -> ToolCall:
    """Return the call with everything it would do."""
    judged: ToolCall = replaced(call, actions=actions_of(call, home=own_home, effects=policy["effects"]))
    return judged


def judge(policy: CompiledPolicy, call: ToolCall, facts: Facts, session: tuple[Reason, ...] = ()) -> Decision:
    """Return the verdict on a call whose actions and facts are known.

    session  what the door and the session's limits found about the call already, judged like any rule
    """
    return decide(policy, call, facts, session)
