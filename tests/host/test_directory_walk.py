from __future__ import annotations

import time
from pathlib import Path

import pytest

from gateway.host.directory_walk import MAX_HITS, MAX_MATCHES, denied_below, expand


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


class TestExpand:
    @pytest.mark.parametrize(
        ("pattern", "want"),
        [
            ("*.py", ["a.py"]),
            ("*", ["a.py", "src"]),
            (".*", [".env"]),
            ("src/*", ["src/b.py"]),
            ("s?c/[b].py", ["src/b.py"]),
            ("nothing*", []),
        ],
    )
    def test_as_a_shell_would(self, tmp_path: Path, pattern: str, want: list[str]) -> None:
        make(tmp_path, "a.py", ".env", "src/b.py")
        found, whole = expand(f"{tmp_path}/{pattern}")
        assert ([path.removeprefix(f"{tmp_path}/") for path in found], whole) == (want, True)

    def test_too_many_are_said_to_be_not_all(self, tmp_path: Path) -> None:
        make(tmp_path, *(f"f{number}" for number in range(MAX_MATCHES + 5)))
        found, whole = expand(f"{tmp_path}/*")
        assert len(found) == MAX_MATCHES and not whole


class TestDeniedBelow:
    def test_a_search_skips_hidden_and_ignored_files(self, tmp_path: Path) -> None:
        make(tmp_path, "a/secret", ".hidden/secret", "ignored/secret", "kept/secret")
        (tmp_path / ".gitignore").write_text("ignored/\n")

        def denied(path: str) -> bool:
            return path.endswith("secret")

        everything, _ = denied_below(str(tmp_path), denied, ignoring=False)
        seen, _ = denied_below(str(tmp_path), denied, ignoring=True)
        assert len(everything) == 4 and {path.removeprefix(f"{tmp_path}/") for path in seen} == {"a/secret", "kept/secret"}

    def test_is_bounded_in_hits_and_time(self, tmp_path: Path) -> None:
        make(tmp_path, *(f"d{number % 40}/f{number}" for number in range(3000)))
        hits, whole = denied_below(str(tmp_path), lambda path: True, ignoring=False)
        assert len(hits) == MAX_HITS and not whole
        begun = time.monotonic()
        denied_below("/usr", lambda path: False, ignoring=True)
        assert time.monotonic() - begun < 2

    def test_links_do_not_lead_out(self, tmp_path: Path) -> None:
        make(tmp_path, "x/secret")
        (tmp_path / "x" / "loop").symlink_to(tmp_path)
        hits, whole = denied_below(str(tmp_path), lambda path: path.endswith("secret"), ignoring=False)
        assert len(hits) == 1 and whole
