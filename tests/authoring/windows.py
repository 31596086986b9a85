"""Windows of sessions as agents really leave them: commands of many kinds, ways of failing and of being refused. Made from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gateway.analysis.rejections import BY_CLIENT, BY_PERSON, NO_PERMISSION
from gateway.checkpoint import Checkpoint, Settings
from gateway.model.call import ToolCall, ToolResult
from gateway.model.event import NOTE
from tests.recorded import ABLE, Call, Project, bash, read, write

Maker = Callable[[random.Random], Call]

REFUSALS: list[tuple[str, str]] = [
    (BY_PERSON, "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, nothing was written)."),
    (BY_PERSON, "The user doesn't want to take this action right now. STOP what you are doing and wait for the user to tell you how to proceed."),
    (BY_PERSON, "[Request interrupted by user for tool use]"),
    (BY_PERSON, "exec command rejected by user"),
    (BY_PERSON, "aborted by user after 3.2s"),
    (BY_PERSON, "[Operation Cancelled] Reason: User denied execution."),
    (BY_PERSON, "The user rejected this tool call. User feedback: no"),
    (BY_CLIENT, "Claude requested permissions to write to src/a.py, but you haven't granted it yet."),
    (BY_CLIENT, "This command requires approval"),
    (BY_CLIENT, "Permission to use Bash with command npm publish has been denied."),
    (BY_CLIENT, "File is in a directory that is denied by your permission settings."),
    (BY_CLIENT, "exec_command failed for `/bin/zsh -lc x`: Sandbox(Denied)"),
    (BY_CLIENT, "PreToolUse:Bash hook error: blocked by the team's hook"),
    (NO_PERMISSION, "Exit code 1\ntouch: cannot touch 'x': Permission denied"),
    (NO_PERMISSION, "EACCES: permission denied, open 'x'"),
    (NO_PERMISSION, "Exit code 1\nchown: changing ownership of 'x': Operation not permitted"),
    (NO_PERMISSION, "Exit code 128\nremote: Permission to org/repo.git denied to someone."),
]

_NAMES = ["a", "b c", "naïve", "日本", "it's", 'say "hi"', "[id]", "{x,y}", "$cash", "a*b", "back\\slash", "x" * 60, "line\nbreak", "tab\there"]
_PATHS = ["src/{}.py", "src/{}/index.tsx", "docs/{}.md", "tests/unit/test_{}.py", ".github/{}.yml", "./{}", "packages/web/src/{}.ts"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _path(r: random.Random) -> str:
    return r.choice(_PATHS).format(r.choice(_NAMES))


_COMMANDS: list[Callable[[random.Random], str]] = [
    lambda r: f"sed -i '' '\n{r.randrange(90)}d\n' {_quoted(_path(r))}",
    lambda r: f"sed -i '' 's/a/{r.randrange(9)}/' {_quoted(_path(r))}",
    lambda r: f"sed -i '' -e '/x/a\\\n  more {r.randrange(9)}\n' {_quoted(_path(r))}",
    lambda r: f"sed -n '{r.randrange(9)},{r.randrange(10, 99)}p' {_quoted(_path(r))}",
    lambda r: f"cat > {_quoted(_path(r))} <<'EOF'\nrm -rf / # {r.randrange(9)}\n$HOME `id`\nEOF",
    lambda r: f"cat <<EOF | tee {_quoted(_path(r))}\nvalue {r.randrange(9)}\nEOF",
    lambda r: f"python3 - <<'PY'\nprint({r.randrange(9)})\nPY",
    lambda r: f"grep -rn {_quoted(r.choice(_NAMES))} src | head -{r.randrange(1, 50)}",
    lambda r: f"rg --glob '*.{{ts,tsx}}' {_quoted(r.choice(_NAMES))} packages",
    lambda r: f"find . -name '*.{r.choice(['py', 'md', '[ch]'])}' -not -path './node_modules/*' | xargs wc -l",
    lambda r: f"ls src/*.{r.choice(['py', 'ts'])} docs/{{a,b}}*.md",
    lambda r: r.choice(["git --version", "git status -sb", "git log --oneline -5", "git diff --stat HEAD~3", "git stash list", "git"]),
    lambda r: f"git commit -m {_quoted(r.choice(_NAMES))}",
    lambda r: f"git commit -m \"$(cat <<'EOF'\nsubject {r.randrange(9)}\n\nbody\nEOF\n)\"",
    lambda r: r.choice(["git push origin main", "git push --force-with-lease", "git checkout -b x", "git rebase -i HEAD~2", "git -C sub status"]),
    lambda r: r.choice(
        ["npm test", "npm run build -- --watch=false", "npm --version", "npm publish", "npm ci", "pnpm -r build", "yarn", "bun x tsc"]
    ),
    lambda r: r.choice(
        ["go test ./...", "go version", "go build -o bin/app ./cmd/app", "cargo test --all", "cargo clippy -- -D warnings", "make -j8"]
    ),
    lambda r: r.choice(
        ["pytest -q", "pytest tests -q", "python -m pytest -q", "python3.11 tools/gen.py", "uv run pytest -x", "uv run", "tox -e py311"]
    ),
    lambda r: r.choice(["docker -v", "docker --version", "docker ps", "docker compose up -d", "kubectl get pods", "terraform plan", "gh pr view 3"]),
    lambda r: f"mv {_quoted(_path(r))} {_quoted(_path(r))}",
    lambda r: f"rm -f {_quoted(_path(r))}",
    lambda r: f'cd src && for f in *.py; do echo "$f"; done > /tmp/list-{r.randrange(9)}.txt',
    lambda r: f"FOO={r.randrange(9)} BAR='a b' ./scripts/run.sh --fast=1",
    lambda r: f"awk -F: '{{ print ${r.randrange(1, 4)} }}' /etc/hosts | sort | uniq -c",
    lambda r: f"curl -sS https://{r.choice(['api', 'docs', 'cdn'])}.example.org/v{r.randrange(3)}/x | jq '.items[] | {{id}}'",
    lambda r: f"perl -0pi -e 's/x/{r.randrange(9)}/g' {_quoted(_path(r))}",
    lambda r: f"echo {_quoted(r.choice(_NAMES))} >> {_quoted(_path(r))}",
    lambda r: f"diff <(ls src) <(ls docs) || true # {r.randrange(9)}",
    lambda r: f"buf {r.choice(['lint', 'generate', '--version', 'breaking --against .git'])}",
    lambda r: f"pandoc docs/{r.randrange(9)}.md -o build/{r.randrange(9)}.html",
    lambda r: "mkdir -p build && cp -R src build/ && tar czf build/x.tgz -C build src",
    lambda r: f"test -f {_quoted(_path(r))} && stat -f '%m' {_quoted(_path(r))}",
    lambda r: r.choice(["true", "pwd", "date -u +%Y", "whoami", "sleep 1", "env | sort | head", "which python3", "uname -a"]),
]


def commands(project: Path) -> list[Callable[[random.Random], str]]:
    """Return makers of command lines, some with absolute paths of the project and of the home of whoever ran them."""
    root = str(project)
    return [
        *_COMMANDS,
        lambda r: f"cd {root} && pytest -q tests/{r.randrange(9)}",
        lambda r: f"{root}/.venv/bin/python -m pytest -q {root}/tests",
        lambda r: f"git -C {root} log --oneline -{r.randrange(9)}",
        lambda r: f"cat {root}/src/{r.randrange(9)}.py ~/notes/{r.randrange(9)}.md",
        lambda r: f"python {root}/tools/gen.py --out {root}/build",
        lambda r: f"/opt/tools/bin/lint {root}/src",
    ]


def _tools(project: Path) -> list[Maker]:
    return [
        lambda r: read(f"{project}/{_path(r)}"),
        lambda r: read(_path(r)),
        lambda r: read(f"/home/somebody/code/{r.randrange(9)}.py"),
        lambda r: write(f"{project}/{_path(r)}"),
        lambda r: ("Edit", {"file_path": f"{project}/{_path(r)}", "old_string": "a", "new_string": "b"}),
        lambda r: ("Glob", {"pattern": f"**/*.{r.choice(['py', 'ts'])}", "path": str(project)}),
        lambda r: ("Grep", {"pattern": r.choice(_NAMES), "path": f"{project}/src"}),
        lambda r: ("WebFetch", {"url": f"https://{r.choice(['docs', 'www'])}.example.org/{r.randrange(9)}", "prompt": "p"}),
        lambda r: (f"mcp__tracker__{r.choice(['get', 'list', 'delete'])}_ticket", {"id": r.randrange(9)}),
        lambda r: ("mcp__filesystem__read_text_file", {"path": f"{project}/{_path(r)}"}),
        lambda r: ("TodoWrite", {"todos": [{"content": r.choice(_NAMES), "status": "pending"}]}),
    ]


def window(folder: Path, seed: int, policy: Any = None) -> tuple[Project, list[str], set[tuple[str, int]]]:
    """Return a project, its sessions, and (session, number of the call) of what was refused."""
    r = random.Random(seed)
    project = Project(folder, policy)
    lines, tools = commands(folder), _tools(folder)
    sessions = [f"{seed:04}{letter}" for letter in "abc"[: r.randrange(1, 4)]]
    refused: set[tuple[str, int]] = set()
    for session in sessions:
        checkpoint = Checkpoint(Settings(ABLE, trace_dir=project.store))
        cwd = str(project.root)
        checkpoint.start(session, {"session_id": session, "attribution": {"working_dir": cwd}}, cwd=cwd)
        for number in range(r.randrange(4, 16)):
            tool, given = bash(r.choice(lines)(r)) if r.random() < 0.7 else r.choice(tools)(r)
            call = ToolCall(tool, given, id=f"call{number}", session=session, agent="test", cwd=cwd)
            if checkpoint.before(call).effect:
                refused.add((session, number))
                continue
            if r.random() < 0.2:
                refused.add((session, number))
                if r.random() < 0.2:  # a person's no in the hooks of Claude Code: a prompt, and no result
                    checkpoint.note(NOTE, session, {"hook_event": "PermissionRequest", "tool_name": tool, "tool_input": given}, cwd=cwd)
                else:
                    checkpoint.after(ToolResult(tool, r.choice(REFUSALS)[1], id=f"call{number}", session=session, failed=True, cwd=cwd))
            else:
                checkpoint.after(ToolResult(tool, "done", id=f"call{number}", session=session, failed=r.random() < 0.1, cwd=cwd))
    return project, sessions, refused
