from __future__ import annotations

from pathlib import Path

import pytest

from gateway.analysis.replay_decision import rejudged
from gateway.authoring.generate.run import Generated, generated
from gateway.checkpoint import Checkpoint, Settings
from gateway.host.policy_files import policy_of_value
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW
from tests.recorded import ABLE, Call, Project, bash, read, write

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

    def test_the_rest_stays_allowed(self, tmp_path: Path) -> None:
        calls = [
            (bash("git status"), True),
            (bash("git push"), False),
            (bash("git commit -m x"), True),
            (write("src/a.py"), True),
            (write("src/b.py"), False),
        ]
        assert learned(Project(tmp_path), calls)[1] == [True, False, True, True, False]
