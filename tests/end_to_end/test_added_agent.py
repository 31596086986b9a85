"""An agent is added by its recipe alone: one file, one line in `AGENTS`. `setup` then writes that agent's own file in its own shape."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.hook_world import ROOT

MODULE = '''
"""A coding agent that is none."""

from __future__ import annotations

from gateway.doors.hook.arrival import Arrival, Reply, SessionEvent
from gateway.model.call import ToolCall
from gateway.model.effects import DENY
from gateway.model.json_text import dumps_ascii
from gateway.model.passage import Capabilities

NAME = "%(name)s"
CAPABILITIES = Capabilities(blocks=True)
EVENTS = {"before": "beforeTool", "after": "afterTool"}
BLOCKING = frozenset(("beforeTool",))
RESULTS = frozenset()


def read(event, payload):
    if EVENTS.get(event, event) in BLOCKING:
        call = ToolCall("Bash", {"command": payload["run"]}, id="1", session="s", agent=NAME, cwd=payload["in"])
        return Arrival(call=call, folder=payload["in"])
    return Arrival(event=SessionEvent("note", "s", {}, cwd=payload["in"]))


def reply(passage):
    return refusal(passage.text, stop=passage.stop) if passage.effect == DENY else Reply(0, dumps_ascii({"verdict": "go"}))


def refusal(text, *, stop=False):
    return Reply(0, dumps_ascii({"verdict": "stop", "because": text}))


def reply_result(returned):
    return Reply(0)


def withheld(problem, result, event="afterTool"):
    return Reply(0, dumps_ascii({"verdict": "hide", "because": problem}))


def behind_exec(passage, command, options=()):
    return passage


def settings_path(project, *, for_all, local=False):
    from os.path import expanduser

    return expanduser("~/.%(name)s/%(file)s") if for_all else f"{project}/.%(name)s/%(file)s"


def kill_switch(text):
    return ""
'''

TOML = """

def _entry(command, options):
    from json import dumps

    return '[[hooks.beforeTool]]\\nexec = ' + dumps([*command, "hook", NAME, "before", *options]) + '\\n'


def settings_snippet(command, options=()):
    return _entry(command, options)


def _tables(text):
    import tomllib

    from gateway.model.errors import GatewayError

    try:
        tomllib.loads(text)
    except ValueError as error:
        raise GatewayError(f"not TOML: {error}") from None
    return ["[" + part if number else part for number, part in enumerate(("\\n" + text).split("\\n["))]


def _others(text):
    return [part for part in _tables(text) if "entry.py" not in part]


def with_hooks(text, command, options=()):
    return without_hooks(text) + _entry(command, options)


def without_hooks(text):
    rest = "\\n".join(_others(text))[1:]
    return rest if not rest or rest.endswith("\\n") else rest + "\\n"


def has_hooks(text):
    return len(_others(text)) < len(_tables(text))
"""

FLAT = """

def _entries(command, options):
    from shlex import join

    return {"beforeTool": [{"command": join([*command, "hook", NAME, "before", *options])}]}


def settings_snippet(command, options=()):
    from json import dumps

    return dumps({"version": 1, "hooks": _entries(command, options)})


def with_hooks(text, command, options=()):
    from gateway.doors.hook.hook_settings import edited, merged

    return edited(text, lambda settings: merged({"version": 1, **settings}, _entries(command, options)))


def without_hooks(text):
    from gateway.doors.hook.hook_settings import edited, removed

    return edited(text, removed)


def has_hooks(text):
    from gateway.doors.hook.hook_settings import installed
    from gateway.host.settings_files import parse_settings

    return installed(parse_settings(text).value, "beforeTool")
"""

AGENTS = {
    "tomlish": ("config.toml", TOML, 'model = "m"\n\n[other]\na = 1\n'),
    "flatly": ("hooks.json", FLAT, '{\n    "version": 1,\n    "z": [1]\n}\n'),
}


class Tree:
    """A copy of the tree with one agent more."""

    def __init__(self, folder: Path, name: str) -> None:
        file, own, self.before = AGENTS[name]
        self.name = name
        self.package = folder / "lib"
        self.home = folder / "home"
        self.project = folder / "project"
        self.settings = self.project / f".{name}" / file
        for path in (self.home, self.project / ".git", self.settings.parent):
            path.mkdir(parents=True)
        shutil.copytree(ROOT / "gateway", self.package / "gateway", ignore=shutil.ignore_patterns("__pycache__", "compat"))
        shutil.copytree(ROOT / "policies", self.package / "policies")
        room = self.package / "gateway" / "doors" / "hook"
        (room / f"{name}.py").write_text(MODULE % {"name": name, "file": file} + own)
        registry = (room / "__init__.py").read_text()
        line = '    "claude-code": "claude_code",\n'
        assert line in registry
        (room / "__init__.py").write_text(registry.replace(line, f'{line}    "{name}": "{name}",\n'))

    def run(self, *words: str, data: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command line in the project."""
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(self.package), "NO_COLOR": "1"}
        return subprocess.run([*words], input=data, cwd=self.project, env=environment, capture_output=True, text=True, check=False)

    def setup(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run `setup` for the agent."""
        return self.run(sys.executable, "-m", "gateway", "setup", "--agent", self.name, *options)

    def hook_line(self) -> list[str]:
        """Return the argument vector of the blocking hook as the agent would read it from its own file."""
        if self.settings.suffix == ".toml":
            line: list[str] = tomllib.loads(self.settings.read_text())["hooks"]["beforeTool"][0]["exec"]
            return line
        return ["/bin/sh", "-c", json.loads(self.settings.read_text())["hooks"]["beforeTool"][0]["command"]]


@pytest.fixture(params=sorted(AGENTS))
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Tree:
    return Tree(tmp_path, request.param)


def test_setup_writes_the_agents_own_file_in_its_own_shape(tree: Tree) -> None:
    tree.settings.write_text(tree.before)
    printed = tree.setup("--mask")
    assert printed.returncode == 0 and "before" in printed.stdout and tree.settings.read_text() == tree.before, printed.stderr
    done = tree.setup("--write", "--mask")
    assert done.returncode == 0, done.stderr
    line = tree.hook_line()
    assert line[-1].endswith("--mask") and str(tree.package / "gateway" / "entry.py") in " ".join(line)
    written = tree.settings.read_text()
    assert "nothing to do" in tree.setup("--write", "--mask").stderr and tree.settings.read_text() == written
    assert tree.setup("--remove").returncode == 0 and json_or_toml(tree.settings) == json_or_toml(tree.settings, tree.before)
    assert not (tree.project / ".claude").exists() and not (tree.home / ".claude").exists()


def test_for_all_projects_it_is_the_users_file(tree: Tree) -> None:
    done = tree.setup("--write", "--global")
    assert done.returncode == 0, done.stderr
    assert (tree.home / f".{tree.name}" / tree.settings.name).is_file() and not tree.settings.exists()


def test_a_file_that_cannot_be_parsed_is_left_alone(tree: Tree) -> None:
    tree.settings.write_text("{broken = [")
    done = tree.setup("--write")
    assert done.returncode != 0 and "could not be parsed" in done.stderr and "Traceback" not in done.stderr
    assert tree.settings.read_text() == "{broken = ["


@pytest.mark.parametrize(("command", "verdict"), [("ls", "go"), ("rm -rf x", "stop")])
def test_the_line_it_wrote_judges_calls_in_the_agents_own_words(tree: Tree, command: str, verdict: str) -> None:
    (tree.project / ".agent-scope.json").write_text(json.dumps({"version": 1, "commands": {"deny": ["rm"]}}))
    tree.setup("--write")
    done = tree.run(*tree.hook_line(), data=json.dumps({"run": command, "in": str(tree.project)}))
    assert done.returncode == 0 and json.loads(done.stdout)["verdict"] == verdict, done.stderr
    events = [json.loads(line) for path in tree.project.glob(".agent-traces/*/events.ndjson") for line in path.read_text().splitlines()]
    assert any(event["data"].get("tool_name") == "Bash" for event in events)


def test_a_payload_it_cannot_read_is_refused_in_the_agents_own_words(tree: Tree) -> None:
    tree.setup("--write")
    done = tree.run(*tree.hook_line(), data="{}")
    assert json.loads(done.stdout)["verdict"] == "stop" and "Traceback" not in done.stderr


def json_or_toml(path: Path, text: str | None = None) -> Any:
    """Return what a settings file says."""
    content = path.read_text() if text is None else text
    return tomllib.loads(content) if path.suffix == ".toml" else json.loads(content)
