"""What cleans before something leaves."""

from __future__ import annotations

from pathlib import Path

from gateway.reports.session_cleaner import cleaners


class TestCleaners:
    def test_credentials_always_personal_data_when_wanted(self, tmp_path: Path) -> None:
        token = "ghp_" + "aB3d" * 9
        text = f"{token} of ada@example.org"
        plain, masked = (cleaners(str(tmp_path), mask=mask)().value(text) for mask in (False, True))
        assert token not in plain and "ada@example.org" in plain
        assert token not in masked and "ada@example.org" not in masked

    def test_each_value_has_a_cleaner_of_its_own(self, tmp_path: Path) -> None:
        make = cleaners(str(tmp_path))
        assert make() is not make()
