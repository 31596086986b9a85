from __future__ import annotations

import pytest

from gateway.model.effects import ALLOW, ASK, DENY
from gateway.policy.rules.reasons import Layer, cannot_tell, is_live, not_listed, speak

LAYER = Layer("p", now=100.0, opaque=ASK)


class TestSpeech:
    def test_says_rule_reason_and_place(self) -> None:
        entry = {
            "match": "curl",
            "rule": "commands.deny[0]",
            "source": "p.json:3",
            "reason": "no network",
            "hint": "use the cache",
            "id": "no-curl",
        }
        reason = speak(DENY, entry, "running `curl`", 0, LAYER)
        assert (reason.text, reason.rule, reason.source, reason.hint) == (
            "running `curl` is denied by no-curl: no network",
            "commands.deny[0] (no-curl)",
            "p.json:3",
            "use the cache",
        )

    def test_a_shadowed_layer_or_entry_only_shadows(self) -> None:
        entry = {"match": "x", "rule": "r", "source": "s"}
        assert (
            speak(DENY, entry, "x", 0, Layer("p", now=0, opaque=ASK, shadow=True)).shadow
            and speak(DENY, {**entry, "shadow": True}, "x", 0, LAYER).shadow
        )

    def test_lists_speak_too(self) -> None:
        assert not_listed("files.read.allow", "p:1", "reading `x`", 0, LAYER).effect == DENY
        assert cannot_tell("files.read.deny", "p:1", "reading `x`", 0, LAYER).effect == ASK

    def test_entries_expire(self) -> None:
        assert is_live({}, LAYER) and is_live({"expires": 101.0}, LAYER) and not is_live({"expires": 100.0}, LAYER)

    @pytest.mark.parametrize(
        ("effect", "more", "text"),
        [
            (ALLOW, {}, "x is allowed by r"),
            (ASK, {}, "x must be asked about (r)"),
            (DENY, {"id": "i"}, "x is denied by i"),
            (ASK, {"reason": "why"}, "x must be asked about (r): why"),
        ],
    )
    def test_each_effect_in_its_words(self, effect: int, more: dict[str, str], text: str) -> None:
        reason = speak(effect, {"match": "x", "rule": "r", "source": "s", **more}, "x", 3, LAYER)
        assert (reason.effect, reason.text, reason.hint, reason.action, reason.shadow) == (effect, text, "", 3, False)

    @pytest.mark.parametrize("shadow", [True, False])
    def test_lists_shadow_with_their_layer(self, shadow: bool) -> None:
        layer = Layer("p", now=0, opaque=DENY, shadow=shadow)
        for reason in (not_listed("l", "p:1", "reading `x`", 2, layer), cannot_tell("l", "p:1", "reading `x`", 2, layer)):
            assert (reason.effect, reason.rule, reason.source, reason.action, reason.shadow) == (DENY, "l", "p:1", 2, shadow)
            assert reason.text.startswith("reading `x`") and reason.hint

    def test_a_layer_enforces_and_is_nobodys_pack_unless_it_says_so(self) -> None:
        assert (LAYER.shadow, LAYER.builtin) == (False, False)
