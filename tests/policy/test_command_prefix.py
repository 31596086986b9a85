from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.action import UNKNOWN
from gateway.policy.command_prefix import (
    Command,
    compile_prefix,
    compile_spellings,
    flag_names,
    prefix_covers,
    prefix_matches,
    prefix_may_match,
    program_name,
)


def speaks(entry: str, line: str) -> bool:
    return prefix_matches(compile_prefix(entry), Command(tuple(line.split())))


def covers(entry: str, line: str) -> bool:
    return prefix_covers(compile_prefix(entry), Command(tuple(line.split())))


class TestDeny:
    @pytest.mark.parametrize(
        ("entry", "line", "want"),
        [
            ("rm -rf", "rm -rf /", True),
            ("rm -rf", "rm -fr /", True),
            ("rm -rf", "rm -rfv /", True),
            ("rm -rf", "rm -r -f /", True),
            ("rm -rf", "rm --recursive --force /", True),
            ("rm -rf", "rm -Rf /", True),
            ("rm -rf", "rm x -r -f", True),
            ("rm -rf", "rm -r /", False),
            ("rm -rf", "rm -- -rf", False),
            ("rm", "/bin/rm x", True),
            ("rm", "rmdir x", False),
            ("/opt/rm", "rm x", False),
            ("git push --force", "git push --force origin main", True),
            ("git push --force", "git push -f", True),
            ("git push --force", "git -C dir push --force", True),
            ("git push --force", "git push --force=true", True),
            ("git push --force", "git push origin main", False),
            ("git push --force", "git commit --force", False),
            ("uv run", "uv run pytest", True),
            ("uv run", "uv running", False),
            ("docker system prune", "docker --context x system prune -a", True),
            ("find -delete", "find . -name x -delete", True),
            ("find -delete", "find . -newer x -empty", False),
            ("git *", "git log", True),
            ("git *", "git", True),
            ("mkfs*", "mkfs.ext4 /dev/sda", True),
            ("curl", "curl.exe x", True),
            ("npm run *", "npm run build", True),
        ],
    )
    def test_table(self, entry: str, line: str, want: bool) -> None:
        assert speaks(entry, line) is want


class TestAllow:
    @pytest.mark.parametrize(
        ("entry", "line", "want"),
        [
            ("git log", "git log -5", True),
            ("git log", "git --no-pager log", True),
            ("git log", "git -C log push", False),
            ("git log", "git --unknown log push", False),
            ("kubectl get", "kubectl -n prod get pods", True),
            ("npm run", "npm run build", True),
            ("pytest", "pytester -q", False),
            ("uv run", "uv --quiet run x", True),
        ],
    )
    def test_table(self, entry: str, line: str, want: bool) -> None:
        assert covers(entry, line) is want

    @given(st.lists(st.sampled_from(["git", "log", "push", "-C", "--x", "--x=log", "-v"]), min_size=1, max_size=5))
    def test_what_is_covered_is_also_spoken_of(self, words: list[str]) -> None:
        line = " ".join(["git", *words])
        assert not covers("git log", line) or speaks("git log", line)


class TestUnknown:
    def test_an_unknown_subcommand_may_match(self) -> None:
        assert prefix_may_match(compile_prefix("git push"), Command(("git", UNKNOWN)))

    def test_an_unknown_operand_behind_a_known_one_does_not(self) -> None:
        assert not prefix_may_match(compile_prefix("git push"), Command(("git", "log", UNKNOWN)))

    def test_an_unknown_program_may_match(self) -> None:
        assert prefix_may_match(compile_prefix("rm"), Command((UNKNOWN, "x")))


class TestWords:
    @pytest.mark.parametrize("entry", ["", "  ", "'a", '""'])
    def test_refuses(self, entry: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            compile_prefix(entry)

    def test_flags(self) -> None:
        assert flag_names("rm", [], "-rf") == {"--recursive", "--force"}
        assert flag_names("git", ["push"], "-f") == {"--force"}

    def test_names_of_programs(self) -> None:
        assert [program_name(path) for path in ("/usr/bin/curl", "CURL.EXE", "C:\\x\\rm.exe", "PAGER=/bin/sh")] == [
            "curl",
            "CURL",
            "rm",
            "PAGER=/bin/sh",
        ]


class TestCutShort:
    @pytest.mark.parametrize(
        ("entry", "line"),
        [
            ("git reset --hard", "git reset --har HEAD~1"),
            ("git push --force-with-lease", "git push --force-with"),
            ("git branch --delete --force", "git branch --delet --fo x"),
            ("gpg --export-secret-keys", "gpg --export-secret-k"),
            ("git clean --force", "git clean --fo -d"),
        ],
    )
    def test_an_entry_that_denies_speaks_of_an_option_cut_short(self, entry: str, line: str) -> None:
        assert prefix_matches(compile_prefix(entry), Command(tuple(line.split())))
        assert not prefix_covers(compile_prefix(entry), Command(tuple(line.split())))

    @pytest.mark.parametrize(
        ("entry", "line"),
        [
            ("gpg --export-secret-keys", "gpg --export KEY"),
            ("git reset --hard", "git reset --h"),
            ("git reset --hard", "git reset --soft"),
            ("git reset --hard", "git reset -- --har"),
            ("git push --force", "git push --forceful"),
        ],
    )
    def test_other_options_are_others(self, entry: str, line: str) -> None:
        assert not prefix_matches(compile_prefix(entry), Command(tuple(line.split())))


@pytest.mark.parametrize("entry", ["powershell.exe", "powershell", "powershell.EXE -enc"])
@pytest.mark.parametrize("line", ["powershell.exe -enc x", "powershell -enc x", "/mnt/c/Windows/powershell.exe -enc x"])
def test_a_program_is_the_same_with_its_suffix(entry: str, line: str) -> None:
    assert any(prefix_matches(prefix, Command(tuple(line.split()))) for prefix in compile_spellings(entry))


def test_a_suffix_behind_a_wildcard_or_a_path_stays() -> None:
    assert compile_prefix("*.exe")[0] == "*.exe" and compile_prefix("/x/a.exe")[0] == "/x/a.exe"
