from __future__ import annotations

from pathlib import Path

import pytest

from gateway.host.settings_files import read_settings, write_settings
from gateway.model.errors import GatewayError


class TestRead:
    def test_one_that_is_not_there_is_empty(self, tmp_path: Path) -> None:
        found = read_settings(f"{tmp_path}/x.json")
        assert (found.value, found.exists) == ({}, False)

    @pytest.mark.parametrize(("text", "word"), [("{", "not JSON"), ("[]", "not a JSON object")])
    def test_one_that_cannot_be_understood_is_left_alone(self, tmp_path: Path, text: str, word: str) -> None:
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(GatewayError, match=word):
            read_settings(f"{tmp_path}/x.json")
        assert (tmp_path / "x.json").read_text() == text

    @pytest.mark.parametrize("text", ['{\n    "a": 1\n}', '{\n\t"a": "é"\n}\n', '{"a":1}'])
    def test_an_unchanged_value_keeps_its_text(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "x.json").write_text(text)
        found = read_settings(f"{tmp_path}/x.json")
        assert found.rendered(found.value) == text

    @pytest.mark.parametrize(("text", "want"), [('{\n    "a": 1\n}', '{\n    "a": 2\n}'), ('{\n\t"a": 1\n}\n', '{\n\t"a": 2\n}\n')])
    def test_a_changed_one_keeps_its_indentation(self, tmp_path: Path, text: str, want: str) -> None:
        (tmp_path / "x.json").write_text(text)
        assert read_settings(f"{tmp_path}/x.json").rendered({"a": 2}) == want


class TestWrite:
    def test_keeps_a_backup_the_mode_and_the_link(self, tmp_path: Path) -> None:
        target = tmp_path / "real.json"
        target.write_text("{}")
        target.chmod(0o640)
        link = tmp_path / "link.json"
        link.symlink_to("real.json")
        backup = write_settings(str(link), '{"a": 1}', read_settings(str(link)))
        assert Path(backup).read_text() == "{}" and link.is_symlink()
        assert (target.read_text(), target.stat().st_mode & 0o777) == ('{"a": 1}', 0o640)

    def test_the_first_backup_is_the_one_that_stays(self, tmp_path: Path) -> None:
        path = f"{tmp_path}/x.json"
        write_settings(path, "{}", read_settings(path))
        write_settings(path, '{"a": 1}', read_settings(path))
        backup = write_settings(path, '{"a": 2}', read_settings(path))
        assert Path(backup).read_text() == "{}"

    def test_leaves_nothing_beside_when_it_fails(self, tmp_path: Path) -> None:
        path = tmp_path / "x.json"
        path.mkdir()
        with pytest.raises(OSError, match="directory"):
            write_settings(str(path), "{}", read_settings(f"{tmp_path}/y.json"))
        assert [entry.name for entry in tmp_path.iterdir()] == ["x.json"]
