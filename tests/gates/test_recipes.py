"""The recipes of the map, followed: one of everything is added to a copy of the tree, in the files that its recipe names and no others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("gateway", "policies", "schemas", "docs", "pyproject.toml", "README.md")
TESTS = ("__init__.py", "gates", "redaction")
"""What the generator and the gates of the copy need; whole folders."""

TWIN = '"""A twin."""\n'


def recipes(text: str) -> dict[str, set[str]]:
    """Return the files that each recipe of the map names, `<…>` standing for the new thing's own name."""
    section = text.partition("\n## Add a")[2].partition("\n## ")[0]
    out = {}
    for bullet in re.split(r"\n- \*\*", section)[1:]:
        name, _, rest = bullet.partition("**")
        out[name] = {re.sub(r"<\w+>", "*", path) for path in re.findall(r"`((?:gateway|tests|policies|schemas|docs)/[^` ]+)`", rest)}
    return out


RECIPES = recipes((ROOT / "gateway" / "README.md").read_text())


class House:
    """A copy of the tree in which recipes are followed.

    touched  recipe -> files that following it took
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: dict[str, set[str]] = {}
        self.recipe = ""
        skip = shutil.ignore_patterns("__pycache__", "node_modules", "*.pyc")
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=skip)
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, root / name)
        for name in TESTS:
            if (ROOT / "tests" / name).is_dir():
                shutil.copytree(ROOT / "tests" / name, root / "tests" / name, ignore=skip)
            else:
                (root / "tests").mkdir(exist_ok=True)
                shutil.copy(ROOT / "tests" / name, root / "tests" / name)
        for path in (ROOT / "tests").rglob("test_*.py"):  # the twins of what is there, without what they test
            twin = root / path.relative_to(ROOT)
            if not twin.exists():
                twin.parent.mkdir(parents=True, exist_ok=True)
                twin.write_text(TWIN)

    def new(self, path: str, text: str) -> None:
        """Write a new file."""
        self.touched.setdefault(self.recipe, set()).add(path)
        target = self.root / path
        assert not target.exists(), path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def put(self, path: str, before: str, text: str) -> None:
        """Put text in front of the first place where another text stands in a file."""
        self.touched.setdefault(self.recipe, set()).add(path)
        old = (self.root / path).read_text()
        assert before in old, f"{path}: no `{before}`"
        (self.root / path).write_text(old.replace(before, text + before, 1))

    def line(self, path: str, text: str) -> None:
        """Add a line at the end of a file."""
        self.touched.setdefault(self.recipe, set()).add(path)
        with (self.root / path).open("a") as file:
            file.write(text + "\n")

    def run(self, *words: str, cwd: Path | None = None, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run this interpreter on the copy."""
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        settings = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([sys.executable, *words], cwd=cwd or self.root, env=settings, input=text, capture_output=True, text=True, check=False)

    def cli(self, *words: str, cwd: Path, text: str = "") -> str:
        """Run the copy's command line; return what it prints. Fails where it ends in trouble."""
        done = self.run("-m", "gateway", *words, cwd=cwd, text=text)
        assert done.returncode in (0, 1, 2), done.stdout + done.stderr
        return done.stdout

    def judged(self, call: str, cwd: Path) -> dict[str, object]:
        """Return what the copy says of a call."""
        answer: dict[str, object] = json.loads(self.cli("policy", "eval", call, cwd=cwd))
        return answer


RULE_KIND = '''"""`greetings`: which programs may greet. Pure."""

from __future__ import annotations

from gateway.model.action import RUN
from gateway.model.decision import Reason
from gateway.model.effects import DENY
from gateway.policy.request_view import subject
from gateway.policy.rules.reasons import is_live, speak

KEY = "greetings"


def schema():
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import LIST_SCHEMA

    return {"type": ["object", "null"], "additionalProperties": False, "properties": {"deny": LIST_SCHEMA}}


def parse(field, *, folded=False):
    """Return the compiled section."""
    from gateway.policy.entries import parse_lists

    section = {}
    for name, entries in parse_lists(field, ("deny",)).items():
        section[name] = {"entries": entries, "source": field.at(name).place}
    return section


def judge(section, sight, layer) -> list[Reason]:
    """Return what the section says of the call's programs."""
    return [
        speak(DENY, entry, subject(action), index, layer)
        for index, action in enumerate(sight.actions)
        if action.verb == RUN
        for entry in section.get("deny", {"entries": ()})["entries"]
        if is_live(entry, layer) and action.target == entry["match"]
    ]
'''

LANGUAGE = '''"""qlang by its calls. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language("qlang", Lexis(comments=("#",)), calls_table("remove : delete"))
'''

REPORT = '''"""`tally`: how many events a session holds."""

from __future__ import annotations

import typer

from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of
from gateway.traces.reader import events


def command(context: typer.Context, session: SessionName = "", as_json: AsJson = False) -> None:
    """Count the events of a session."""
    store, name = store_of(context), named(context, session)
    print_json({"session": name, "events": sum(1 for _ in events(store, name))})
'''

EXPORT = '''"""A session as one line an event's type."""

from __future__ import annotations


def written(leaving):
    """Yield the number of lines."""
    yield b"%d lines\\n" % sum(1 for _ in leaving.lines())
'''


def add_rule_kind(house: House) -> None:
    house.new("gateway/policy/rules/greetings.py", RULE_KIND)
    house.put("gateway/policy/rules/__init__.py", "\nRULE_KINDS", "from gateway.policy.rules import greetings\n")
    text = (house.root / "gateway/policy/rules/__init__.py").read_text()
    (house.root / "gateway/policy/rules/__init__.py").write_text(re.sub(r"(RULE_KINDS[^=]*= \()", r"\1greetings, ", text))
    house.line("tests/gates/lane.txt", "gateway.policy.rules.greetings")
    house.new("tests/policy/rules/test_greetings.py", TWIN)


def add_program(house: House) -> None:
    house.put("gateway/shell/programs/text.py", "wc ;", "frobcat ; read* ; data ; data\n")
    house.put("gateway/catalog/programs.py", "cat tac", "frobcat ")


def add_detector(house: House) -> None:
    house.put("gateway/redaction/detectors/packages.py", "rubygems-key ;", "frobco-key ; frobco_{alnum:36} ; frobco_{alnum:20}\n")


def add_tool(house: House) -> None:
    house.put("gateway/catalog/agent_tools.py", '    "bash": ', '    "frobread": ("read", "where"),\n')


def add_server(house: House) -> None:
    house.put("policies/servers.yaml", "    filesystem:\n", "    frobserver:\n      effects:\n        fetch_it: {read: [/spot]}\n")


def add_agent(house: House) -> None:
    text = (house.root / "gateway/doors/hook/claude_code.py").read_text()
    house.new("gateway/doors/hook/frobagent.py", text.replace('NAME = "claude-code"', 'NAME = "frobagent"'))
    house.put("gateway/doors/hook/__init__.py", '    "claude-code"', '    "frobagent": "frobagent",\n')
    house.line("tests/gates/lane.txt", "gateway.doors.hook.frobagent")
    house.new("tests/doors/hook/test_frobagent.py", TWIN)
    house.new("tests/payloads/frobagent/1.0-PreToolUse.json", "{}\n")


def add_transcript_format(house: House) -> None:
    text = (house.root / "gateway/doors/transcripts/codex.py").read_text()
    house.new("gateway/doors/transcripts/frobformat.py", text.replace('"codex"', '"frobformat"'))
    house.put("gateway/doors/transcripts/__init__.py", '    "codex"', '    "frobformat": "frobformat",\n')
    house.new("tests/doors/transcripts/test_frobformat.py", TWIN)


def add_export(house: House) -> None:
    house.new("gateway/exports/frobcount.py", EXPORT)
    house.put("gateway/exports/__init__.py", '    "csv"', '    "frobcount": "frobcount",\n')
    house.new("tests/exports/test_frobcount.py", TWIN)


def add_report(house: House) -> None:
    house.new("gateway/reports/tally.py", REPORT)
    house.put("gateway/reports/registry.py", '    ("list",', '    ("tally", "gateway.reports.tally", "Count events"),\n')
    shape = 'class TallyDocument(TypedDict):\n    """`tally --json`."""\n\n    session: str\n    events: int\n\n\n'
    house.put("gateway/reports/schemas/reports.py", "DOCUMENTS: ", shape)
    house.put("gateway/reports/schemas/reports.py", '    "list": ListDocument', '    "tally": TallyDocument,\n')
    house.new("tests/reports/test_tally.py", TWIN)


def add_language(house: House) -> None:
    house.new("gateway/shell/languages/qlang.py", LANGUAGE)
    house.put("gateway/shell/languages/__init__.py", "r ruby tcl", "qlang ")
    house.put("gateway/shell/programs/languages.py", '    "python": _PYTHON', '    "qlang": Language("qlang"),\n')
    house.put("gateway/catalog/options/interpreters.py", '    "perl": ', '    "qlang": "-e=code:qlang",\n')
    house.put("gateway/catalog/programs.py", "bc dc", "qlang ")
    house.line("tests/gates/lane.txt", "gateway.shell.languages.qlang")
    house.new("tests/shell/languages/test_qlang.py", TWIN)


ADDED: dict[str, Callable[[House], None]] = {
    "rule kind": add_rule_kind,
    "program": add_program,
    "detector": add_detector,
    "tool": add_tool,
    "MCP server": add_server,
    "agent": add_agent,
    "transcript format": add_transcript_format,
    "export": add_export,
    "report": add_report,
    "language": add_language,
}


def unlisted(recipe: str, touched: set[str], named: dict[str, set[str]]) -> set[str]:
    """Return the files that following a recipe took and that it does not name."""
    patterns = [re.escape(path).replace(r"\*", "[^/]+") + ("" if not path.endswith("/") else ".*") for path in named[recipe]]
    return {path for path in touched if not any(re.fullmatch(pattern, path) for pattern in patterns)}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return a copy to which one of everything was added, and in which what is generated was written anew."""
    house = House(tmp_path_factory.mktemp("house"))
    for recipe, add in ADDED.items():
        house.recipe = recipe
        add(house)
    done = house.run("-m", "tests.gates.fresh")
    assert done.returncode == 0, done.stderr
    return house


@pytest.fixture(scope="module")
def project(house: House) -> Path:
    """Return a project with a policy that names what was added, and one recorded session."""
    folder = house.root / "project"
    (folder / ".git").mkdir(parents=True)
    policy = {"files": {"read": {"deny": ["kept/**"]}, "write": {"deny": ["kept/**"]}}, "greetings": {"deny": ["greet"]}}
    (folder / ".agent-scope.json").write_text(json.dumps(policy))
    payload = {"session_id": "s1", "cwd": str(folder), "tool_use_id": "t1", "tool_name": "Bash", "tool_input": {"command": "ls"}}
    assert hook(house, "pre-tool", payload, folder).returncode == 0
    return folder


def hook(house: House, event: str, payload: dict[str, object], cwd: Path, agent: str = "") -> subprocess.CompletedProcess[str]:
    """Run a hook process of the copy, as an agent starts it."""
    entry = str(house.root / "gateway" / "entry.py")
    return house.run("-I", "-S", entry, "hook", *([agent] if agent else []), event, cwd=cwd, text=json.dumps(payload))


class TestRecipes:
    def test_every_recipe_of_the_map_is_followed_here(self) -> None:
        assert set(RECIPES) - {"another command", "page, key or column of a page"} == set(ADDED)

    @pytest.mark.parametrize("recipe", ADDED)
    def test_it_takes_the_files_that_it_names_and_no_others(self, house: House, recipe: str) -> None:
        assert unlisted(recipe, house.touched[recipe], RECIPES) == set()

    def test_a_program_takes_two_files(self, house: House) -> None:
        assert len(house.touched["program"]) == 2

    def test_seeded_red(self, house: House) -> None:
        lying = {"program": {"gateway/shell/programs/*.py"}}
        assert unlisted("program", house.touched["program"], lying) == {"gateway/catalog/programs.py"}

    def test_the_files_named_are_there(self) -> None:
        named = {path for paths in RECIPES.values() for path in paths if "*" not in path}
        assert [path for path in named if not (ROOT / path).exists()] == []


class TestUse:
    def test_rule_kind(self, house: House, project: Path) -> None:
        assert house.judged("Bash: greet world", project)["effect"] == "deny"
        assert house.judged("Bash: ls world", project)["effect"] == "allow"
        assert "greetings" in (house.root / "schemas" / "agent-scope.schema.json").read_text()

    def test_program(self, house: House, project: Path) -> None:
        assert house.judged("Bash: frobcat kept/x", project)["effect"] == "deny"
        assert house.judged("Bash: frobcat other/x", project)["effect"] == "allow"

    def test_detector(self, house: House, project: Path) -> None:
        value = "frobco_" + "a1B2c3D4e5" * 3 + "f6G7h8"
        code = "import sys; from gateway import redact_event_data; print(redact_event_data({'text': sys.argv[1]}))"
        done = house.run("-c", code, f"the key {value} here", cwd=project)
        assert done.returncode == 0 and "frobco-key" in done.stdout and value not in done.stdout, done.stderr
        assert "frobco" in (house.root / "gateway" / "redaction" / "index.py").read_text()

    def test_tool(self, house: House, project: Path) -> None:
        call = json.dumps({"tool": "FrobRead", "input": {"where": "kept/x"}, "cwd": str(project)})
        assert json.loads(house.cli("policy", "eval", "--batch", cwd=project, text=call + "\n"))["effect"] == "deny"

    def test_server(self, house: House, project: Path) -> None:
        call = json.dumps({"tool": "mcp__frobserver__fetch_it", "input": {"spot": "kept/x"}, "cwd": str(project)})
        assert json.loads(house.cli("policy", "eval", "--batch", cwd=project, text=call + "\n"))["effect"] == "deny"

    def test_agent(self, house: House, project: Path) -> None:
        payload = {"session_id": "s2", "cwd": str(project), "tool_use_id": "t", "tool_name": "Read", "tool_input": {"file_path": "kept/x"}}
        done = hook(house, "pre-tool", payload, project, "frobagent")
        assert done.returncode == 2 and "kept/x" in done.stderr, done.stdout + done.stderr
        assert "hooks" in json.loads(house.cli("setup", "--agent", "frobagent", cwd=project))

    def test_transcript_format(self, house: House, project: Path) -> None:
        done = house.run("-m", "gateway", "import", "nothing.txt", "--format", "nosuch", cwd=project)
        assert "frobformat" in done.stderr

    def test_export(self, house: House, project: Path) -> None:
        assert house.cli("export", "s1", "--format", "frobcount", cwd=project).endswith("lines\n")

    def test_report(self, house: House, project: Path) -> None:
        assert "tally" in house.cli("--help", cwd=project)
        assert json.loads(house.cli("tally", "s1", "--json", cwd=project))["events"] > 0
        assert "TallyDocument" in (house.root / "schemas" / "reports.schema.json").read_text()

    def test_language(self, house: House, project: Path) -> None:
        assert house.judged("Bash: qlang -e 'remove(\"kept/x\")'", project)["effect"] == "deny"
        assert house.judged("Bash: qlang -e 'remove(\"other/x\")'", project)["effect"] == "allow"


class TestGates:
    def test_the_copy_keeps_to_them(self, house: House) -> None:
        gates = ("TestSizes", "TestTwins", "TestNames", "TestSchemas")
        names = [f"tests/gates/test_gates.py::{name}" for name in gates]
        done = house.run("-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-q", *names, "tests/gates/test_lane.py")
        assert done.returncode == 0, done.stdout[-3000:]

    def test_floors_hold(self, house: House) -> None:
        command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
        done = subprocess.run(
            command, cwd=house.root, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(house.root), "PATH": os.environ["PATH"]}
        )
        assert done.returncode == 0, done.stdout[-3000:]
