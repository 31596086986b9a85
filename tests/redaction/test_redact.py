from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from gateway.redaction import redact
from gateway.redaction.clean import Clean, cleaned_by
from gateway.redaction.custom import Custom
from gateway.redaction.placeholders import is_mark
from gateway.redaction.redact import Cleaner
from gateway.redaction.selection import Wanted
from tests.redaction.test_blocks import block

TOKEN = "ghp_" + "a1B2c3D4e" * 4
KEY = b"key"


def cleaned(value: Any, **wanted: Any) -> Any:
    """Return a value without what is looked for, by a fresh cleaner."""
    return Cleaner(KEY, wanted=Wanted(**wanted)).value(value)


class TestPlaces:
    @pytest.mark.parametrize(
        "value",
        [
            TOKEN,
            [TOKEN],
            {"a": [1, {"b": TOKEN}]},
            {TOKEN: 1},
            json.dumps({"a": {"b": TOKEN}}),
            json.dumps({"a": json.dumps({"b": TOKEN})}),
            '{"a": "' + "".join(f"\\u{ord(char):04x}" for char in TOKEN) + '"}',
            f'{{"a": 1}}\n{{"password": "{TOKEN}"}}',
            base64.b64encode(f"x {TOKEN} y".encode()).decode(),
            base64.b64encode(base64.b64encode(f"x {TOKEN} y".encode())).decode(),
            base64.b64encode(gzip.compress(f"x {TOKEN} y".encode(), mtime=0)).decode(),
            TOKEN.encode().hex(),
            "".join(f"%{ord(char):02X}" for char in TOKEN),
            f"https://example.org/?x=%22{TOKEN}%22",
            ["xx " + TOKEN[:9], TOKEN[9:30], TOKEN[30:] + " yy"],
            [{"type": "text", "text": TOKEN[:9]}, {"type": "text", "text": TOKEN[9:]}],
            ["git", "--token", TOKEN],
        ],
        ids=str,
    )
    def test_a_credential_is_taken_out(self, value: Any) -> None:
        told = json.dumps(cleaned({"data": value}))
        assert TOKEN not in told and TOKEN[4:12] not in told and TOKEN[-8:] not in told and "[REDACTED:" in told

    def test_the_neighbour_of_a_whole_value_stays(self) -> None:
        first, second, third = cleaned([TOKEN, "v1", TOKEN])
        assert is_mark(first) and second == "v1" and first == third

    def test_equal_values_get_equal_marks(self) -> None:
        first, second = cleaned([f"a {TOKEN}", {"token": TOKEN}])
        assert first.removeprefix("a ") == second["token"] and is_mark(second["token"])


class TestNames:
    @pytest.mark.parametrize(
        "value",
        [
            {"password": "hunter"},
            {"dbPassword": "correct horse battery"},
            {"name": "DB_PASSWORD", "value": "hunter"},
            {"pin": 12345, "x": "hunter"},
            {"credentials": {"blob": "hunter", "user": "ann"}},
            {"kind": "Secret", "data": {"a": "hunter"}},
            ["login", "--password", "hunter"],
            {"env": ["DB_PASSWORD=hunter"]},
            '{"password": "hunter"}',
            {"Authorization": "Bearer hunter-hunter"},
        ],
        ids=str,
    )
    def test_a_plain_word_under_a_telling_name_is_taken_out(self, value: Any) -> None:
        told = json.dumps(cleaned(value))
        assert "[REDACTED:" in told and ("hunter" not in told or "12345" not in told)

    @pytest.mark.parametrize("value", [{"token": "the next word"}, {"token": "${TOKEN}"}, {"max_tokens": 4096}, {"password": None}, {"auth": "none"}])
    def test_what_is_no_credential_stays(self, value: Any) -> None:
        assert cleaned(value) == value

    def test_a_value_found_by_its_name_is_taken_out_elsewhere_too(self) -> None:
        told = json.dumps(cleaned({"command": "mysql -phunter2-x1 db", "env": {"DB_PASSWORD": "hunter2-x1"}}))
        assert "hunter2-x1" not in told


class TestForm:
    def test_json_in_a_text_stays_as_it_was_written(self) -> None:
        text = f'{{\n  "a":   "{TOKEN}",\n  "b": [1,  2]\n}}\n'
        told = cleaned(text)
        assert told.startswith('{\n  "a":   "[REDACTED:github-token:') and told.endswith('",\n  "b": [1,  2]\n}\n')

    @pytest.mark.parametrize("levels", [500, 700, 990, 5000])
    def test_json_in_a_text_that_is_nested_too_deeply_is_cleaned_as_text(self, levels: int) -> None:
        for text in (f'{{"token": "{TOKEN}", "x": {"[" * levels}1{"]" * levels}}}', f'["\\u0061{TOKEN}", {"[" * levels}{"]" * levels}]'):
            out = cleaned({"text": text})["text"]
            assert TOKEN not in out and out.count("[") >= levels

    def test_shape_is_kept(self) -> None:
        value = {"a": [TOKEN, 1, None, True, {"b": 2.5}], TOKEN: {}, TOKEN + "x": []}
        told = cleaned(value)
        assert [type(item) for item in told["a"]] == [str, int, type(None), bool, dict] and len(told) == 3

    def test_is_idempotent(self) -> None:
        value = {"token": TOKEN, "text": f"PASSWORD={TOKEN} https://u:{TOKEN}@x", "Authorization": f"Bearer {TOKEN}", "list": [TOKEN[:9], TOKEN[9:]]}
        once = cleaned(value)
        again = Cleaner(KEY)
        assert again.value(once) == once and not again.removed

    def test_only_a_whole_mark_is_left_alone(self) -> None:
        assert "hunter" not in cleaned({"password": "[REDACTED:password:3f9a]hunter"})["password"]

    def test_clean_values_are_handed_back_as_they_are(self) -> None:
        value = {"a": ["plain"]}
        assert cleaned(value) is value


class TestWanted:
    def test_personal_data_keeps_its_shape_when_masked(self) -> None:
        told = cleaned({"text": "write to ann@mail.example now"}, personal="mask")["text"]
        assert told.startswith("write to [MASKED:email:") and told.endswith("]@mail.example now")
        assert cleaned({"text": told}, personal="mask")["text"] == told

    def test_one_kind_alone(self) -> None:
        told = cleaned([TOKEN, "PASSWORD=hunter22"], secrets=False, kinds={"github-token": "redact"})
        assert is_mark(told[0]) and told[1] == "PASSWORD=hunter22"

    def test_detectors_of_the_policy(self) -> None:
        own = Custom("ticket", r"T-\d+", ("T-",))
        assert cleaned(["see T-12"], custom=(own,))[0].startswith("see [REDACTED:ticket:")


class TestLarge:
    def test_a_large_text_is_cleaned_in_blocks_and_nothing_is_lost(self) -> None:
        lines = [f"line {number} {TOKEN if number % 1000 == 7 else 'plain'}" for number in range(20_000)]
        text = "\n".join([*lines, block("RSA PRIVATE KEY"), *lines])
        for value in (text, {"stdout": text, "password": "hunter"}):
            cleaner = Cleaner(KEY)
            told = json.dumps(cleaner.value(value))
            assert cleaner.removed["github-token"] == 40 and cleaner.removed["private-key"] == 1 and TOKEN not in told and "hunter" not in told
            assert told.count("plain") == text.count("plain")

    def test_detectors_of_the_policy_see_it_whole(self) -> None:
        own = Custom("pair", r"begin[\s\S]*end")
        told = cleaned("x\n" * 100_000 + "begin\n" + "y\n" * 100_000 + "end", custom=(own,))
        assert told.endswith("]") and "[REDACTED:pair:" in told


class TestClean:
    def test_tells_what_was_removed_and_what_ran(self) -> None:
        clean = cleaned_by(Cleaner(KEY), {"text": TOKEN})
        whole = clean.within({"event_type": "note"})
        assert isinstance(whole, Clean) and whole.data["redacted"] == {"github-token": 1} and TOKEN not in str(whole.data)
        assert whole.data["scan"]["state"] == "complete" and whole.data["scan"]["detectors"].startswith("secrets@")

    def test_what_was_not_looked_at_is_not_kept_and_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(redact, "MAX_CHARACTERS", 1000)
        clean = cleaned_by(Cleaner(KEY), {"text": "x " * 600 + TOKEN})
        assert clean.scan["state"] == "partial" and clean.scan["missed"] == ["size"]
        assert clean.data["text"].endswith(f"[UNSCANNED:{200 + len(TOKEN)}]") and TOKEN not in clean.data["text"]
