"""One hook process: read the payload, pass it through the checkpoint, answer, exit. Whatever goes wrong refuses the
call.

A traceback exits 1, a missing interpreter 127, a crash 139, and agents take all of those for "go ahead": so everything
is caught from the first line on, a deadline of our own comes before the agent's, and the answer is written in one
piece. A signal that ends a process by default (SIGTERM is -15 to the client, a "go ahead" as well) is a refusal too.
SIGKILL and a crash of the interpreter remain.
"""

from __future__ import annotations

from gateway.lane_os import DeadlineError, StoppedError, end_by, ignore_signals, os, seconds_left, start_deadline

END_SECONDS = 2.0
"""Longest that a process takes to say its answer; with the deadline and what can wait it still ends before the agent's
own ten seconds.
"""
MAX_PAYLOAD = 32 * 1024 * 1024
_HEAD = 4096
"""Bytes at the beginning of a payload in which the client names its folder, before anything that a tool has said."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from gateway.doors.hook.arrival import Arrival, Reply, SessionEvent
    from gateway.model.settings import Settings


def run(arguments: list[str], afterwards: Callable[[], None]) -> None:
    """Serve one hook event named by the arguments after `hook`, do what can wait until the answer is given, end the
    process.
    """
    code, stdout, stderr = 2, "", "agent-strace: the hook failed\n"
    state = _State()
    try:
        answer = _guarded(arguments, state)
        code, stdout, stderr = answer.code, answer.stdout, answer.stderr
    # # the last line of defence: an exit code other than 2 would let the call through
    except BaseException as error:  # noqa: BLE001
        problem = str(error) if isinstance(error, DeadlineError) else f"internal error ({type(error).__name__})"
        code, stdout, stderr = _last_word(arguments, problem)
    left, sent = seconds_left(0.0), False
    # an alarm that was raised while the answer is written would end in a traceback, which lets the call through
    end_by(2, END_SECONDS)
    try:
        sent = _answer(stdout, stderr)
    finally:
        code = code if sent else 2
        end_by(code, left + END_SECONDS)
        _end(code, state, afterwards)


def _guarded(arguments: list[str], state: _State) -> Reply:
    from gateway.doors.hook.arrival import Reply

    options, words = _split(arguments)
    agent, event = _agent_and_event(words)
    if agent is None:
        return Reply(2, "", f"agent-strace: unknown agent or event `{' '.join(words)}`\n")
    try:
        state.arrival = agent.read(event, _payload(state))
        return _serve(agent, state, options)
    except DeadlineError as error:
        problem, state.cut_off = str(error), not isinstance(error, StoppedError)
    except MemoryError:
        problem = "not enough memory for this event"
    except BaseException as error:  # noqa: BLE001  # see the module
        problem = (
            f"{error}" if hasattr(error, "problem") else f"internal error ({type(error).__name__}: {str(error)[:200]})"
        )
    ignore_signals()
    start_deadline(END_SECONDS)  # what is said of the trouble is bounded too
    if _is_one_of(agent, event, agent.BLOCKING) or (state.arrival is not None and state.arrival.call is not None):
        return _refused(agent, problem, state)
    result = state.arrival.result if state.arrival is not None else None
    if (_is_one_of(agent, event, agent.RESULTS) or result is not None) and not _hands_on(state, options):
        answer: Reply = agent.withheld(problem, result, event)
        return answer
    return Reply(0, "", f"agent-strace: not recorded: {problem}\n")


class _State:
    """How far an event has come, for what is to be said when it comes no further.

    arrival     the payload as read, or None
    checkpoint  what it passes through, or None
    cut_off     the deadline passed before it was through
    head        the beginning of a payload that is too large to be read
    """

    __slots__ = ("arrival", "checkpoint", "cut_off", "head")

    def __init__(self) -> None:
        self.arrival: Arrival | None = None
        self.checkpoint: Any = None
        self.cut_off = False
        self.head = ""


def _is_one_of(agent: ModuleType, event: str, events: frozenset[str]) -> bool:
    return event in events or agent.EVENTS.get(event) in events


def _hands_on(state: _State, options: dict[str, str]) -> bool:
    """Whether an output may go on that was not looked at: where it is known that policy takes nothing out of it.

    Of a payload that is too large its beginning tells the folder; of one that cannot be read nothing tells which policy
    holds.
    """
    if state.checkpoint is not None:
        return bool(state.checkpoint.hands_on)
    name, _, rest = state.head.partition('"cwd":')[2].partition('"')[2].partition('"')
    if not rest or "\\" in name or not name.startswith("/"):
        return False
    from gateway.checkpoint import Checkpoint, Settings
    from gateway.model.passage import Capabilities

    try:
        folder = os.environ.get("CLAUDE_PROJECT_DIR", "")
        settings = Settings(
            Capabilities(),
            policy_file=_absolute(options.get("policy", "")),
            forward="forward" in options,
            folders=(folder,) if folder else (),
        )
        return not Checkpoint(settings).forwards(name)
    except BaseException:  # noqa: BLE001  # see the module
        return False


def _absolute(path: str) -> str:
    return os.path.abspath(path) if path else ""


def _last_word(arguments: list[str], problem: str) -> tuple[int, str, str]:
    """Return (exit code, stdout, stderr) where even the answer to trouble failed: an output is withheld, anything else
    is refused.
    """
    text = f"agent-strace: refused: {problem}\n"
    try:
        end_by(2, END_SECONDS)
        agent, event = _agent_and_event(_split(arguments)[1])
        if agent is None:
            return 2, "", text
        if _is_one_of(agent, event, agent.BLOCKING):
            reply = _refused(agent, problem, _State())
            return reply.code, reply.stdout, reply.stderr
        if _is_one_of(agent, event, agent.RESULTS):
            return 0, str(agent.withheld(problem, None, event).stdout), text
        return (0, "", f"agent-strace: not recorded: {problem}\n") if event in agent.EVENTS else (2, "", text)
    except BaseException:  # noqa: BLE001  # see the module
        return 2, "", text


def _refused(agent: ModuleType, problem: str, state: _State) -> Reply:
    advice = (
        "Try again in a few seconds; if it stays like this, a person must fix it"
        if state.cut_off
        else "Do not retry; a person must fix this"
    )
    answer: Reply = agent.refusal(f"Blocked by agent-strace: {problem}. {advice}.")
    return answer


def _split(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return (options, words); parsed by hand because a parser's own exit code would block every call with its usage
    text.
    """
    options: dict[str, str] = {}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--redact", "--mask", "--forward", "--observe", "--exec"):
            options[argument[2:]] = "yes"
        elif argument in ("--trace-dir", "--policy"):
            options[argument[2:]] = next(rest, "")
        elif argument.startswith(("--trace-dir=", "--policy=")):
            name, _, value = argument[2:].partition("=")
            options[name] = value
        else:
            words.append(argument)
    return options, words


def _agent_and_event(words: list[str]) -> tuple[ModuleType | None, str]:
    from gateway.doors.hook import AGENTS

    if len(words) == 1:
        words = ["claude-code", *words]
    if len(words) != 2 or words[0].replace("_", "-") not in AGENTS:
        return None, ""
    module = __import__(f"gateway.doors.hook.{AGENTS[words[0].replace('_', '-')]}", fromlist=["read"])
    return module, words[1]


def _payload(state: _State) -> dict[str, Any]:
    from gateway.model.errors import ProtocolError
    from gateway.model.json_text import loads

    chunks: list[bytes] = []
    size = 0
    while True:
        chunk = os.read(0, 1 << 20)
        if not chunk:
            break
        size += len(chunk)
        if size > MAX_PAYLOAD:
            state.head = b"".join(chunks)[:_HEAD].decode("utf-8", "replace")
            raise ProtocolError("the payload is larger than 32 MiB")
        chunks.append(chunk)
    value = loads(b"".join(chunks).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    if not isinstance(value, dict):
        raise ProtocolError("the payload is not a JSON object")
    return value


def _serve(agent: ModuleType, state: _State, options: dict[str, str]) -> Reply:
    from gateway.checkpoint import Checkpoint, Settings
    from gateway.doors.hook.arrival import Reply
    from gateway.model.record import replaced

    arrival = state.arrival
    assert arrival is not None  # noqa: S101
    door = replaced(agent.CAPABILITIES, asks=False) if arrival.unattended else agent.CAPABILITIES
    checkpoint = state.checkpoint = Checkpoint(
        Settings(
            door,
            trace_dir=_absolute(options.get("trace-dir", "")),
            policy_file=_absolute(options.get("policy", "")),
            observe="observe" in options,
            mask="mask" in options,
            forward="forward" in options,
            meter=lambda state, recorded: _metered(state, recorded, arrival.transcript),
            folders=(arrival.folder,) if arrival.folder else (),
        )
    )
    answer: Reply
    if arrival.call is not None:
        passage = checkpoint.before(arrival.call)
        if "exec" in options and hasattr(agent, "behind_exec"):
            from gateway.doors.hook.install import hook_command

            passage = agent.behind_exec(passage, hook_command(), ("--mask",) if "mask" in options else ())
        answer = agent.reply(passage)
        return answer
    if arrival.result is not None:
        answer = agent.reply_result(checkpoint.after(arrival.result))
        return answer
    left = _left_aside(arrival.event, arrival.folder) if arrival.event is not None and arrival.event.start else ""
    problem = _note(checkpoint, arrival.event, agent.NAME) if arrival.event is not None else ""
    return Reply(0, "", left + (f"agent-strace: not recorded: {problem}\n" if problem else ""))


def _left_aside(mark: SessionEvent, folder: str) -> str:
    """Return what is said of stores of others above a session's folder; asked before the session has a store of its
    own.
    """
    from gateway.host.locations import passed_over

    return "".join(f"agent-strace: passed over: {item}\n" for item in passed_over(folder or mark.cwd))


def _metered(state: dict[str, Any], recorded: dict[str, list[int]], transcript: str) -> dict[str, float]:
    """Ask the meter, which only a policy with limits on the model's usage needs."""
    from gateway.analysis.usage_meter import metered

    return metered(state, recorded, transcript)


def _note(checkpoint: Any, mark: SessionEvent, name: str) -> str:
    if mark.start:
        from gateway.host.attribution import attribution
        from gateway.traces.ids import folder_name

        meta: dict[str, Any] = {
            "session_id": folder_name(mark.session),
            "client_session_id": mark.session,
            "agent_name": name,
        }
        meta |= {"command": f"{name} ({mark.data.get('mode', '')})", "attribution": attribution(mark.cwd, name)}
        checkpoint.start(mark.session, meta, cwd=mark.cwd)
    note: str = checkpoint.note(mark.kind, mark.session, mark.data, cwd=mark.cwd)
    return note


def _answer(stdout: str, stderr: str) -> bool:
    """Write both streams, each in one piece; return whether what the client reads went out: a question that is lost
    must not be an allow.
    """
    data = b""
    for fd, text in ((2, _harmless(stderr)), (1, stdout)):
        data = text.encode("utf-8", "backslashreplace")
        try:
            while data:
                data = data[os.write(fd, data) :]
        except OSError:
            continue
    return not data


def _harmless(text: str) -> str:
    """Return a text that a terminal or a CI job may show; what a call, a policy or an error holds is data of others."""
    if not text:
        return ""
    from gateway.model.harmless import harmless

    return harmless(text)


def _end(code: int, state: _State, afterwards: Callable[[], None]) -> None:
    """End the process with its code, whatever happens to what could wait."""
    try:
        if state.cut_off and state.checkpoint is not None and state.arrival is not None:
            _compile_later(state.checkpoint.settings, state.arrival)
        _complete_later(state)
        afterwards()
    finally:
        os._exit(code)  # noqa: SLF001


def _compile_later(settings: Settings, arrival: Arrival) -> None:
    """Have the policy of an event compiled that may have been cut off while it was: the next hook finds it."""
    from gateway.doors.hook.late_compile import begin

    event = arrival.call or arrival.result or arrival.event
    begin((*settings.folders, *((event.cwd,) if event is not None else ())), settings.policy_file)


def _complete_later(state: _State) -> None:
    """Have a session completed from its transcript where an event says that something in it is over."""
    arrival, checkpoint = state.arrival, state.checkpoint
    if arrival is None or checkpoint is None or arrival.event is None or not arrival.transcript:
        return
    from gateway.doors.hook.late_completion import begin

    begin(checkpoint.settings, arrival.event, arrival.transcript)
