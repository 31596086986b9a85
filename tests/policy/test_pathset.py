from __future__ import annotations

import pytest

from gateway.policy.pathset import Place, compile_paths, matches, probe

PROJECT, HOME = "/home/u/p", "/home/u"


def hit(pattern: str, path: str, **how: bool) -> bool:
    return bool(matches(compile_paths([(0, pattern)]), Place(path, project=PROJECT, home=HOME), **how))


class TestAnchors:
    @pytest.mark.parametrize(
        ("pattern", "path", "want"),
        [
            (".env", "/home/u/p/.env", True),
            (".env", "/home/u/p/config/.env", True),
            (".env", "/elsewhere/.env", True),
            (".env", "/home/u/p/.env.example", False),
            ("src/**", "/home/u/p/src/a.py", True),
            ("src/**", "/home/u/p/src", False),
            ("src/**", "/home/u/p/lib/src/a.py", False),
            ("src/*.py", "/home/u/p/src/a.py", True),
            ("src/*.py", "/home/u/p/src/a/b.py", False),
            (".ssh/**", "/root/.ssh/config", True),
            ("~/.ssh/**", "/home/u/.ssh/id", True),
            ("~/.ssh/**", "/root/.ssh/id", False),
            ("/etc/**", "/etc/passwd", True),
            ("**/x/y", "/home/u/p/a/x/y", True),
            ("**/x/**", "/q/x/y/z", True),
            ("*.pem", "/a/b.pem", True),
            ("*.tar.gz", "/a/b.tar.gz", True),
            ("./**", "/home/u/p/a", True),
            ("./**", "/home/u/q", True),
            ("src/", "/home/u/p/src/a", True),
            ("/", "/", True),
            ("~", "/home/u", True),
            ("app/[id]/page.tsx", "/home/u/p/app/[id]/page.tsx", True),
            ("app/[id]/page.tsx", "/home/u/p/app/i/page.tsx", True),
        ],
    )
    def test_table(self, pattern: str, path: str, want: bool) -> None:
        assert hit(pattern, path) is want

    @pytest.mark.parametrize(
        ("pattern", "path"), [("src/**", "/other/src/a"), ("./**", "/home/u/q"), ("a/*.py", "/x/a/b.py"), ("t*.py", "/x/t.py"), ("**", "/etc/x")]
    )
    def test_strict_patterns_stay_inside_the_project(self, pattern: str, path: str) -> None:
        assert hit(pattern, path) and not hit(pattern, path, strict=True)

    def test_parents_count_for_bare_names_when_asked(self) -> None:
        assert hit("secrets", "/home/u/p/secrets/key", parents=True) and not hit("secrets", "/home/u/p/secrets/key")


class TestProbe:
    def test_a_probe_lies_below_its_folder(self) -> None:
        place = probe("/home/u/p/secrets", project=PROJECT, home=HOME)
        assert matches(compile_paths([(0, "secrets/**")]), place) and not matches(compile_paths([(0, "secrets/*.txt")]), place)

    def test_many_entries_answer_with_their_numbers(self) -> None:
        compiled = compile_paths(enumerate([".env", "*.env", "**/.env", "src/**"]))
        assert matches(compiled, Place("/home/u/p/.env", project=PROJECT, home=HOME)) == {0, 1, 2}
