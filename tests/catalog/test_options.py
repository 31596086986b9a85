"""One specification a program is what shell reads files by and policy reads sub-commands by."""

from __future__ import annotations

from importlib import import_module

import pytest

from gateway.catalog.options import LIKELY_NO, MAYBE, NO, YES, every, exact, loose, specification, takes_value, verbs_with_options
from gateway.catalog.programs import FAMILIES, FAMILY
from tests.catalog.options import DOUBTED, OTHER, SAME, rows, spelled, spelled_loosely, verdicts

CARDS = {key: text for family in FAMILIES for key, text in import_module(f"gateway.catalog.options.{family}").OPTIONS.items()}
SPELLED = sorted({pair for program, text in CARDS.items() if " " not in program for pair in spelled(program, text)})

LOOSE = {name: text for family in FAMILIES for name, text in import_module(f"gateway.catalog.options.{family}").LOOSE.items()}
SPELLED_LOOSELY = sorted({spelling for program, text in LOOSE.items() for spelling in spelled_loosely(program, text)})


class TestSpecification:
    def test_reads_names_values_and_where_options_end(self) -> None:
        read = specification("+ -f/--file=read -j/--jobs=?number --quiet")
        assert read.stops and read.kinds == {"-f": "read", "--file": "read", "-j": "?number", "--jobs": "?number"}
        assert read.names["-f"] == "--file" and read.longs == ["--file", "--jobs", "--quiet"]

    def test_what_is_said_last_holds(self) -> None:
        assert specification("-p=text -p/--parents").kinds == {}

    def test_other_names_of_a_program(self) -> None:
        assert exact("gmake") == exact("make") and exact("pip3.12") == exact("pip") and exact("GIT") == exact("git")
        assert exact("docker-compose") == exact("docker", "compose") and loose("nobody-knows") == exact("nobody-knows") == ""

    def test_everything_of_a_program(self) -> None:
        assert {"-n", "--namespace", "-f"} <= specification(every("kubectl")).kinds.keys()

    def test_sub_commands(self) -> None:
        assert {"push", "commit"} <= verbs_with_options("git") and not verbs_with_options("nobody-knows")


class TestTakesValue:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("git -C", YES),
            ("git --exec-path", NO),
            ("git --no-pager", NO),
            ("git --nobody-knows", MAYBE),
            ("git --nobody-knows=x", NO),
            ("git push -o", YES),
            ("git push --quiet", NO),
            ("git log -C", MAYBE),  # git's own options end at its sub-command
            ("make -kC", YES),
            ("make -Cdir", NO),
            ("make -ZC", MAYBE),
            ("kubectl get -n", YES),
            ("terraform -chdir", YES),
            ("nobody-knows -q", LIKELY_NO),
            ("nobody-knows -x5", MAYBE),
            ("sort -k", YES),
        ],
    )
    def test_table(self, line: str, want: int) -> None:
        program, *verbs, option = line.split()
        assert takes_value(option, program, tuple(verbs)) == want

    @pytest.mark.parametrize(("following", "want"), [("8", YES), ("2.5", YES), ("build", NO), ("", NO), ("8build", MAYBE)])
    def test_an_optional_number_is_taken_from_the_next_word(self, following: str, want: int) -> None:
        assert takes_value("-j", "make", (), following) == want


class TestSpellings:
    def test_there_are_many(self) -> None:
        assert len(SPELLED) > 3000
        programs = {line.split()[0] for _, line in SPELLED}
        known = {name for name in CARDS if " " not in name}
        assert {name for name in known if specification(CARDS[name]).kinds} <= programs and all(name in FAMILY for name in known)

    def test_every_program_of_the_tables_is_among_them(self) -> None:
        listed = {key.split()[0] for key in CARDS} | LOOSE.keys()
        judged = {line.split()[0] for _, line in SPELLED} | {line.split()[0] for _, line, _ in SPELLED_LOOSELY}
        aliases = {name for name in listed - judged if exact(name) and exact(name) in {exact(other) for other in judged}}
        assert listed - judged == aliases and len(SPELLED_LOOSELY) > 1000

    @pytest.mark.parametrize("program", sorted(LOOSE))
    def test_what_is_loosely_known_never_slips_past_a_deny(self, program: str) -> None:
        judged = [(line, verdicts(entry, line), sure) for entry, line, sure in spelled_loosely(program, LOOSE[program])]
        assert [(line, verdict) for line, verdict, sure in judged if verdict != SAME and (sure or verdict != DOUBTED)] == []

    @pytest.mark.parametrize("program", sorted({line.split()[0] for _, line in SPELLED}))
    def test_each_is_judged_as_the_plain_command(self, program: str) -> None:
        judged = [(entry, line, verdicts(entry, line)) for entry, line in spelled(program, CARDS[program])]
        assert [one for one in judged if one[2] != SAME] == []

    @pytest.mark.parametrize("program", sorted({line.split()[0] for _, line in SPELLED}))
    def test_none_is_judged_as_another(self, program: str) -> None:
        entry = f"{program} value"
        lines = [line for _, line in SPELLED if line.split()[0] == program][:20]
        assert [(line, verdicts(entry, line)) for line in lines if verdicts(entry, line) != OTHER] == []

    @pytest.mark.parametrize("program", sorted(name for name in CARDS if " " not in name))
    def test_an_option_that_nobody_lists_counts_against_the_call(self, program: str) -> None:
        for entry in (f"{program} target", f"{program} value"):
            assert verdicts(entry, f"{program} --nobody-lists-this value target") == DOUBTED

    @pytest.mark.parametrize("count", [3, 40])
    def test_many_of_them_do_too(self, count: int) -> None:
        line = f"git {' '.join(f'--nobody-{number} value' for number in range(count))} push origin"
        assert verdicts("git push", line) == DOUBTED and verdicts("git push origin", line) == DOUBTED

    def test_an_option_cut_short_is_denied_and_not_allowed(self) -> None:
        assert verdicts("kubectl get", "kubectl --insecure-skip get pods") == DOUBTED
        assert verdicts("git reset --hard", "git reset --har") == DOUBTED

    @pytest.mark.parametrize(
        ("entry", "line"),
        rows(
            """
            make build <- make -j8 build
            make build <- make -j 8 build
            make build <- make -k build
            make build <- make --jobs build
            make build <- make -I inc build
            make build <- make -skC dir build
            docker ps <- docker -D ps
            docker ps <- docker --tls ps
            docker ps <- docker -Dl debug ps
            git status <- git --no-replace-objects status
            git status <- git --git-dir .git --work-tree . status
            kubectl get <- kubectl --insecure-skip-tls-verify get pods
            kubectl get secrets <- kubectl get -n prod -o yaml secrets
            helm list <- helm --burst-limit 5 list
            mvn test <- mvn -T 4 test
            mvn test <- mvn -pl m test
            mvn test <- mvn -q -Dskip=x test
            poetry run x <- poetry -C d run x
            npm run build <- npm -s run -w pkg build
            gh pr list <- gh pr -R o/r list
            terraform plan <- terraform -chdir=infra plan
            systemctl restart <- systemctl --user restart x
            """
        ),
    )
    def test_ordinary_ones(self, entry: str, line: str) -> None:
        assert verdicts(entry, line) == SAME

    @pytest.mark.parametrize(
        ("entry", "line"),
        rows(
            """
            git push <- git -C push status
            git log <- git log.x
            make build <- make -C build test
            make 8 <- make -j 8 test
            docker ps <- docker --context ps images
            """
        ),
    )
    def test_other_commands(self, entry: str, line: str) -> None:
        assert verdicts(entry, line) == OTHER
