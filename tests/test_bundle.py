"""The lane's code in one file: written once, used while sources stand, passed over when they change."""

from __future__ import annotations

import marshal
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gateway import bundle

ROOT = Path(bundle.ROOT)
CALL = '{"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"},"cwd":"/"}'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that has no bundle yet."""
    shutil.copytree(ROOT, tmp_path / "gateway", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT.parent / "policies", tmp_path / "policies")
    return tmp_path


def hook(package: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(package / "gateway" / "entry.py"), "hook", "pre-tool", "--trace-dir", str(home / "t")]
    environment = {"HOME": str(home), "XDG_STATE_HOME": str(home)}
    site = next(path for path in sys.path if path.endswith("site-packages"))
    assert site
    return subprocess.run(command, input=CALL, capture_output=True, text=True, env=environment, cwd=package, check=False)


def written(package: Path) -> Path:
    return package / "gateway" / "__pycache__" / Path(bundle.PATH).name


def index_of(path: Path) -> dict[str, tuple[bool, str, int, int, int, int]]:
    data = path.read_bytes()
    index: dict[str, tuple[bool, str, int, int, int, int]] = marshal.loads(data[-int.from_bytes(data[:8], "big") :])
    return index


class TestBundle:
    def test_first_hook_writes_it_and_the_second_leaves_it(self, package: Path, tmp_path: Path) -> None:
        assert hook(package, tmp_path).returncode == 0
        assert {"gateway.checkpoint", "gateway.decide", "gateway.shell.walk"} <= set(index_of(written(package)))
        hook(package, tmp_path)
        before = written(package).stat().st_mtime_ns
        assert hook(package, tmp_path).returncode == 0
        assert written(package).stat().st_mtime_ns == before

    def test_a_changed_source_is_what_runs(self, package: Path, tmp_path: Path) -> None:
        hook(package, tmp_path)
        decide = package / "gateway" / "decide.py"
        decide.write_text(decide.read_text().replace("def decide(", "def gone(", 1))
        assert "ImportError" in hook(package, tmp_path).stderr

    @pytest.mark.parametrize("content", [b"", b"garbage", marshal.dumps([1]), marshal.dumps({})])
    def test_rubbish_in_its_place_costs_only_time(self, package: Path, tmp_path: Path, content: bytes) -> None:
        hook(package, tmp_path)
        written(package).write_bytes(content)
        assert hook(package, tmp_path).returncode == 0

    def test_one_that_others_may_write_is_not_used(self, package: Path, tmp_path: Path) -> None:
        hook(package, tmp_path)
        path = written(package)
        planted = marshal.dumps(compile("raise SystemExit(0)", "x", "exec"))
        index = {name: (*place[:4], 8, len(planted)) for name, place in index_of(path).items()}
        path.write_bytes(len(marshal.dumps(index)).to_bytes(8, "big") + planted + marshal.dumps(index))
        path.chmod(0o666)
        done = hook(package, tmp_path)
        assert done.returncode == 0 and (tmp_path / "t" / "s" / "events.ndjson").read_text().count('"event_type":"tool_call"') == 2

    def test_a_folder_that_cannot_be_written_costs_only_time(self, package: Path, tmp_path: Path) -> None:
        (package / "gateway" / "__pycache__").write_text("in the way")
        assert hook(package, tmp_path).returncode == 0


class TestOrder:
    def test_a_module_s_own_lines_tell_what_it_imports_first(self) -> None:
        source = (
            "import sys\nimport gateway.a\nfrom gateway.b import c, d\nfrom gateway.pack import other\nfrom other import x\n"
            "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from gateway.typing_only import T\n"
            "def late():\n    from gateway.later import f\n"
        )
        found = bundle._imported("gateway.pack.mine", bundle._bare(source.encode()))
        assert found == ("gateway.a", "gateway.b", "gateway.b.c", "gateway.b.d", "gateway.pack.other")

    def test_only_what_is_in_the_bundle_counts(self) -> None:
        firsts = bundle._in_order({"gateway.a": ("gateway.b", "gateway.b.NAME"), "gateway.b": ()})
        assert firsts == {"gateway.a": ("gateway.b",), "gateway.b": ()}

    def test_modules_that_import_each_other_are_left_to_the_import_system(self) -> None:
        firsts = bundle._in_order({"gateway.a": ("gateway.b",), "gateway.b": ("gateway.a",), "gateway.c": ("gateway.a",)})
        assert firsts == {"gateway.a": (), "gateway.b": (), "gateway.c": ("gateway.a",)}

    def test_the_second_hook_asks_the_import_system_for_few_modules(self, package: Path, tmp_path: Path) -> None:
        hook(package, tmp_path)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-v", str(package / "gateway" / "entry.py"), "hook", "pre-tool", "--trace-dir", str(tmp_path / "t")],
            input=CALL,
            capture_output=True,
            text=True,
            env={"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
            cwd=package,
            check=False,
        )
        asked = [line for line in done.stderr.splitlines() if line.startswith("import 'gateway.")]
        assert done.returncode == 0 and 3 < len(asked) < 40
