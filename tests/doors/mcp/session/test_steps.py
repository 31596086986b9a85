from __future__ import annotations

import json
from typing import Any

from gateway.doors.mcp.jsonrpc import messages
from gateway.doors.mcp.session.pending_requests import Turn
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER, steps_of

ONE = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
TWO = {"jsonrpc": "2.0", "id": 2, "method": "ping"}


def sent(message: Any, turn: Turn, onward: str = TO_SERVER) -> list[tuple[str, bytes]]:
    raw = json.dumps(message).encode()
    return [(step.side, step.raw) for step in steps_of(messages.read(raw), turn, raw, onward)]


class TestStepsOf:
    def test_what_did_not_change_goes_on_byte_for_byte(self) -> None:
        turn = Turn()
        turn.keep(ONE)
        assert sent(ONE, turn) == [(TO_SERVER, json.dumps(ONE).encode())]

    def test_what_is_left_of_a_batch_stays_a_batch(self) -> None:
        turn = Turn()
        turn.keep(ONE)
        [(side, raw)] = sent([ONE, TWO], turn)
        assert side == TO_SERVER and json.loads(raw) == [ONE]

    def test_replies_go_back_to_who_asked(self) -> None:
        turn = Turn()
        turn.reply({"id": 1})
        [(side, raw)] = sent(ONE, turn)
        assert side == TO_CLIENT and json.loads(raw) == {"id": 1}
        turn = Turn()
        turn.reply({"id": 1})
        assert sent(ONE, turn, TO_CLIENT)[0][0] == TO_SERVER

    def test_several_replies_to_a_batch_are_one_message(self) -> None:
        turn = Turn()
        turn.reply({"id": 1})
        turn.reply({"id": 2})
        [(_, raw)] = sent([ONE, TWO], turn)
        assert json.loads(raw) == [{"id": 1}, {"id": 2}]
