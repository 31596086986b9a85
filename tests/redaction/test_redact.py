from __future__ import annotations

from gateway.redaction.marks import is_mark
from gateway.redaction.redact import Clean, Cleaner, cleaned_by

TOKEN = "ghp_" + "a1B2" * 9


class TestCleaner:
    def test_takes_values_out_of_every_place(self) -> None:
        cleaner = Cleaner(b"key")
        value = {"a": [TOKEN, {TOKEN: 1}], "b": f"x {TOKEN} y", "password": "hunter", "n": 3, "none": None}
        told = cleaner.value(value)
        assert TOKEN not in str(told) and "hunter" not in str(told)
        assert told["n"] == 3 and told["none"] is None and is_mark(told["password"]) and list(told) == list(value)
        assert cleaner.removed == {"github-token": 3, "password": 1}

    def test_leaves_what_holds_nothing(self) -> None:
        value = {"a": ["plain", 1], "token": "${TOKEN}"}
        assert Cleaner(b"key").value(value) == value

    def test_is_idempotent(self) -> None:
        once = Cleaner(b"key").value({"token": TOKEN, "text": f"PASSWORD={TOKEN} https://u:{TOKEN}@x"})
        again = Cleaner(b"key")
        assert again.value(once) == once and not again.removed


class TestClean:
    def test_tells_what_was_removed(self) -> None:
        clean = cleaned_by(Cleaner(b"key"), {"text": TOKEN})
        whole = clean.within({"event_type": "note"})
        assert isinstance(whole, Clean) and whole.data["redacted"] == {"github-token": 1} and TOKEN not in str(whole.data)
