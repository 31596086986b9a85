from __future__ import annotations

from pathlib import Path

import pytest

from gateway.authoring.check.fix import mended, write_mended
from gateway.authoring.check.run import check_file

JSON = """{
  // what may run
  "commands": {
    "deny": [
      "git",
      "git push",
      {"match": "make", "expires": "2001-01-01"},
      "curl"%s
    ]
  }
}
"""
YAML = """commands:
  deny:
    - git
    - git push   # too
    - {match: make, expires: "2001-01-01"}
"""


def fixed(folder: Path, name: str, text: str) -> tuple[str, list[str]]:
    path = folder / name
    path.write_text(text)
    return mended(str(path), check_file(str(path)))


class TestMended:
    def test_json_keeps_its_comments_and_loses_only_the_entries(self, tmp_path: Path) -> None:
        text, taken = fixed(tmp_path, "p.json", JSON % "")
        assert text == JSON.replace('      "git push",\n      {"match": "make", "expires": "2001-01-01"},\n', "") % ""
        assert [problem.split()[0] for problem in taken] == ["commands.deny[1]", "commands.deny[2]"]

    def test_the_last_of_a_list_takes_the_comma_before_it_along(self, tmp_path: Path) -> None:
        text, taken = fixed(tmp_path, "p.json", JSON % ',\n      "git clone"')
        assert text == JSON.replace('      "git push",\n      {"match": "make", "expires": "2001-01-01"},\n', "") % "" and len(taken) == 3

    def test_yaml(self, tmp_path: Path) -> None:
        text, taken = fixed(tmp_path, "p.yaml", YAML)
        assert text == "commands:\n  deny:\n    - git\n" and len(taken) == 2

    @pytest.mark.parametrize(
        "text",
        [
            '{"commands": {"deny": ["git", "git push"]}}\n',
            '{"commands": {"allow": [\n{"match": "make", "expires": "2001-01-01"}\n]}}\n',
            '{"commands": {"deny": ["git",\n{"match": "git push",\n "reason": "x"}]}}\n',
        ],
        ids=["not on a line of its own", "the only one of its list", "on two lines"],
    )
    def test_what_is_not_safe_stays(self, tmp_path: Path, text: str) -> None:
        assert fixed(tmp_path, "p.json", text) == (text, [])

    def test_written_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "p"
        path.write_text("a")
        path.chmod(0o640)
        write_mended(str(path), "b")
        assert path.read_text() == "b" and path.stat().st_mode & 0o777 == 0o640 and list(tmp_path.iterdir()) == [path]
