from __future__ import annotations

from pathlib import Path

import pytest

from gateway.analysis.replay_decision import rejudged
from gateway.authoring.generate.run import Generated, generated
from gateway.checkpoint import Checkpoint, Settings
from gateway.evaluation import look_and_judge
from gateway.host.policy_files import policy_of_value
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, ASK
from tests.recorded import ABLE, Call, Project, bash, read, write

SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
NO = "The user doesn't want to proceed with this tool use. The tool use was rejected."


def learned(project: Project, calls: list[tuple[Call, bool]]) -> tuple[Generated, list[bool]]:
    """Return what is learned of calls, each carried out or refused by a person, and whether it then allows each."""
    checkpoint = Checkpoint(Settings(ABLE, trace_dir=project.store))
    root = str(project.root)
    checkpoint.start("s", {"session_id": "s"}, cwd=root)
    for number, ((tool, given), ran) in enumerate(calls):
        checkpoint.before(ToolCall(tool, given, id=f"c{number}", session="s", cwd=root))
        checkpoint.after(ToolResult(tool, "done" if ran else NO, id=f"c{number}", session="s", failed=not ran, cwd=root))
    found = generated([("s", project.events("s"), root)], lambda document: policy_of_value(document, root))
    policy = policy_of_value(found.document, root)
    return found, [rejudged(policy, event, root)[1].effect == ALLOW for event in project.calls("s")]


class TestGuard:
    @pytest.mark.parametrize(
        "refused",
        [
            bash("git push origin main"),
            bash("git commit -m 'a'"),
            bash("git -C . log --oneline"),
            bash("cat src/a.py && git push"),
            bash("sed -i '' '\n12d\n' src/a.py"),
            bash("echo 'it''s \"x\"' > src/a.py"),
            bash("ls"),
            bash("cd src"),
            bash("true"),
            bash("npm run deploy:prod"),
            bash("rm -f src/a.py"),
            bash("cat src/*.py"),
            bash("> src/a.py"),
            write("src/a.py"),
            read("src/a.py"),
            ("Glob", {"pattern": "src/**"}),
            ("Grep", {"pattern": "x"}),
            ("mcp__tracker__get_ticket", {"id": 1}),
            ("WebFetch", {"url": "https://docs.example.org/x", "prompt": "p"}),
            ("TodoWrite", {"todos": []}),
        ],
        ids=str,
    )
    def test_what_was_refused_is_not_allowed_by_what_was_learned_beside_it(self, refused: Call, tmp_path: Path) -> None:
        others = [
            bash("git status"),
            bash("git commit -m x"),
            bash("git log"),
            bash("ls -la src"),
            bash("sed -i '' 's/a/b/' src/b.py"),
            bash("npm run build"),
        ]
        others += [bash("rm -f src/b.py"), bash("cat src/b.py"), bash("cd docs && echo x > src/c.py"), *(write(f"src/{name}.py") for name in "bcdef")]
        others += [*(read(f"src/{name}.py") for name in "bcdef"), ("mcp__tracker__get_ticket", {"id": 2}), ("Glob", {"pattern": "docs/**"})]
        others += [("WebFetch", {"url": "https://docs.example.org/y", "prompt": "p"}), ("TodoWrite", {"todos": []}), ("Grep", {"pattern": "y"})]
        found, allowed = learned(Project(tmp_path), [*((other, True) for other in others), (refused, False)])
        left = {one.seen.number for one in found.left_out}
        assert not allowed[-1]
        numbers = [at for at, event in enumerate(Project(tmp_path).events("s"), 1) if event.type == "tool_call"]
        assert all(allow or number in left for allow, number in zip(allowed, numbers, strict=True))

    def test_a_search_that_was_refused_is_not_allowed_by_another_one_of_its_folder(self, tmp_path: Path) -> None:
        calls = [(("Grep", {"pattern": "$cash", "path": "src"}), False), (("Grep", {"pattern": "it's", "path": "src"}), True), (read("b.md"), True)]
        assert learned(Project(tmp_path), calls)[1] == [False, False, True]

    def test_a_listing_that_was_refused_stops_no_reading(self, tmp_path: Path) -> None:
        calls = [
            (("Glob", {"pattern": "src/**"}), False),
            (("Glob", {"pattern": "src/**"}), True),
            *((read(f"src/{name}.py"), True) for name in "abc"),
        ]
        found, allowed = learned(Project(tmp_path), calls)
        assert allowed == [False, False, True, True, True]
        assert "ask" not in found.document["files"]["read"] and found.document["tools"]["ask"][0]["match"] == "Glob"

    @pytest.mark.parametrize(
        ("refused", "other"),
        [
            (bash(f"echo {SECRET}"), bash("echo")),
            (bash(f"git commit -m {SECRET}"), bash("git status")),
            (bash(f"git log {SECRET}"), bash("git log")),
            (bash(f"git log --author={SECRET}"), bash("git status")),
            (read(f"src/{SECRET}.py"), read("src/b.md")),
            (("Glob", {"pattern": f"src/{SECRET}*"}), read("src/b.md")),
            (("WebFetch", {"url": f"https://docs.example.org/{SECRET}", "prompt": "p"}), read("src/b.md")),
        ],
    )
    def test_a_refused_secret_is_refused_when_it_comes_again(self, refused: Call, other: Call, tmp_path: Path) -> None:
        project = Project(tmp_path)
        near = [
            bash("echo hi"),
            bash("git commit -m x"),
            bash("git log x"),
            *(read(f"src/{name}.py") for name in "bcd"),
            ("Glob", {"pattern": "src/*"}),
        ]
        near.append(("WebFetch", {"url": "https://docs.example.org/a", "prompt": "p"}))
        found, _ = learned(project, [*((call, True) for call in near), (refused, False), (other, True)])
        assert SECRET not in str(project.events("s")) and SECRET not in str(found.document)
        policy = policy_of_value(found.document, str(tmp_path))
        calls = [ToolCall(tool, given, cwd=str(tmp_path)) for tool, given in (refused, other)]
        assert [look_and_judge(policy, call, project=str(tmp_path))[2].effect for call in calls] == [ASK, ALLOW]

    def test_nothing_is_listed_of_which_a_secret_was_taken_out(self, tmp_path: Path) -> None:
        calls = [bash(f"git log {SECRET}"), bash(f"deploy {SECRET} now"), read(f"src/{SECRET}.py"), bash("git status")]
        found, _ = learned(Project(tmp_path), [(call, True) for call in calls])
        assert "REDACTED" not in str({**found.document, "examples": []})
        assert [entry["match"] for entry in found.document["commands"]["allow"]] == ["git log", "git status"]

    def test_the_rest_stays_allowed(self, tmp_path: Path) -> None:
        calls = [
            (bash("git status"), True),
            (bash("git push"), False),
            (bash("git commit -m x"), True),
            (write("src/a.py"), True),
            (write("src/b.py"), False),
        ]
        assert learned(Project(tmp_path), calls)[1] == [True, False, True, True, False]
