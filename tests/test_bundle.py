"""The lane's code in one file: written once, used while sources stand and it is whole, passed over when they change or it is not."""

from __future__ import annotations

import _imp
import json
import marshal
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gateway import bundle

ROOT = Path(bundle.ROOT)
CALL = '{"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"},"cwd":"/"}'


def copied(folder: Path) -> Path:
    """Return a copy of the package that has no bundle yet."""
    shutil.copytree(ROOT, folder / "gateway", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT.parent / "policies", folder / "policies")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that has no bundle yet."""
    return copied(tmp_path)


def hook(package: Path, home: Path, call: str = CALL) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(package / "gateway" / "entry.py"), "hook", "pre-tool", "--trace-dir", str(home / "t")]
    environment = {"HOME": str(home), "XDG_STATE_HOME": str(home)}
    site = next(path for path in sys.path if path.endswith("site-packages"))
    assert site
    return subprocess.run(command, input=call, capture_output=True, text=True, env=environment, cwd=package, timeout=60, check=False)


def written(package: Path) -> Path:
    return package / "gateway" / "__pycache__" / Path(bundle.PATH).name


def index_of(path: Path) -> dict[str, tuple[bool, str, int, int, int, int]]:
    data = path.read_bytes()
    index: dict[str, tuple[bool, str, int, int, int, int]] = marshal.loads(data[-int.from_bytes(data[:8], "big") :])
    return index


def made(package: Path, home: Path) -> None:
    """Have hooks write the bundle until it is whole: on a busy machine one of them has no time for all of it, or for its verdict."""
    before = None
    for _ in range(20):
        hook(package, home)
        after = written(package).stat().st_mtime_ns if written(package).is_file() else None
        if after is not None and after == before:
            return
        before = after
    raise AssertionError("no hook wrote the bundle")


class TestBundle:
    def test_first_hook_writes_it_and_the_second_leaves_it(self, package: Path, tmp_path: Path) -> None:
        made(package, tmp_path)
        assert {"gateway.checkpoint", "gateway.decide", "gateway.shell.interpreter.interpreter"} <= set(index_of(written(package)))
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
        made(package, tmp_path)
        path = written(package)
        path.write_bytes(planted(path))
        path.chmod(0o666)
        events = tmp_path / "t" / "s" / "events.ndjson"
        before = events.read_text().count('"event_type":"tool_call"')
        done = hook(package, tmp_path)
        assert done.returncode == 0 and events.read_text().count('"event_type":"tool_call"') == before + 1
        assert path.stat().st_mode & 0o777 == 0o644 and hook(package, tmp_path).returncode == 0

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_one_of_somebody_else_is_not_used(self, package: Path, tmp_path: Path) -> None:
        made(package, tmp_path)
        path = written(package)
        path.write_bytes(planted(path))
        os.chown(path, 4242, 4242)
        assert hook(package, tmp_path).returncode == 0 and path.stat().st_uid == 0

    def test_a_planted_one_would_run_but_for_that(self, package: Path, tmp_path: Path) -> None:
        made(package, tmp_path)
        path = written(package)
        path.write_bytes(planted(path))
        assert "planted" in hook(package, tmp_path).stderr

    def test_a_folder_that_cannot_be_written_costs_only_time(self, package: Path, tmp_path: Path) -> None:
        (package / "gateway" / "__pycache__").write_text("in the way")
        assert hook(package, tmp_path).returncode == 0


def planted(path: Path) -> bytes:
    """Return a bundle that is well made and holds other code."""
    code = marshal.dumps(compile("raise SystemExit('planted')", "x", "exec"))
    index = {name: (*place[:4], 16, len(code), (), _imp.source_hash(bundle._SEED, code)) for name, place in index_of(path).items()}
    last = marshal.dumps(index)
    return len(last).to_bytes(8, "big") + _imp.source_hash(bundle._SEED, last) + code + last


class Damaged:
    """A package whose bundle is damaged, and the hook that has to judge all the same."""

    def __init__(self, folder: Path) -> None:
        self.package = folder
        self.path = written(folder)
        made(folder, folder)
        assert self.judged()
        self.whole = self.path.read_bytes()

    def mended(self) -> None:
        """Put the whole bundle in its place, whatever stands there."""
        if self.path.is_dir():
            self.path.rmdir()
        self.path.unlink(missing_ok=True)
        self.path.write_bytes(self.whole)

    def judged(self) -> bool:
        """Whether a call that policy denies is denied, for policy's own reason."""
        call = {**json.loads(CALL), "cwd": str(self.package), "tool_input": {"command": "true; curl x"}}
        done = hook(self.package, self.package, json.dumps(call))
        answer = json.loads(done.stdout)["hookSpecificOutput"] if done.returncode == 2 else {}
        return answer.get("permissionDecision") == "deny" and "curl" in answer["permissionDecisionReason"]

    def flipped(self, seed: int, count: int) -> None:
        """Flip one bit at a time, each time in the whole bundle."""
        draw = random.Random(seed)
        for number in range(count):
            data = bytearray(self.whole)
            at = draw.randrange(len(data)) if number % 4 else draw.choice((draw.randrange(16), len(data) - 1 - draw.randrange(9000)))
            data[at] ^= 1 << draw.randrange(8)
            self.path.write_bytes(data)
            assert self.judged(), (seed, number, at)
            if number % 8 == 0:
                assert hook(self.package, self.package).returncode == 0, (seed, number, at)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """A package that the tests of damage share: making its first bundle takes longer than they do."""
    package = copied(tmp_path_factory.mktemp("package"))
    (package / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
    return Damaged(package)


class TestDamage:
    @pytest.fixture
    def damaged(self, one: Damaged) -> Damaged:
        one.mended()
        return one

    def test_a_bit_that_is_another(self, damaged: Damaged) -> None:
        damaged.flipped(1, 60)

    @pytest.mark.long
    def test_a_thousand_bits_that_are_others(self, damaged: Damaged) -> None:
        damaged.flipped(2, 1000)

    @pytest.mark.parametrize("share", [0.0, 0.00001, 0.3, 0.97, 0.99999])
    def test_one_that_is_cut_off(self, damaged: Damaged, share: float) -> None:
        damaged.path.write_bytes(damaged.whole[: int(len(damaged.whole) * share)])
        assert damaged.judged() and damaged.judged()
        assert "gateway.decide" in index_of(damaged.path)

    def test_one_whose_pages_were_never_written(self, damaged: Damaged) -> None:
        """What a power cut leaves of a file that was not synced."""
        at, length = index_of(damaged.path)["gateway.decide"][4:6]
        damaged.path.write_bytes(damaged.whole[:at] + bytes(length) + damaged.whole[at + length :])
        for _ in range(4):
            assert damaged.judged()
        data, found = damaged.path.read_bytes(), index_of(damaged.path)
        assert "gateway.decide" not in found or any(data[found["gateway.decide"][4] :][:length])

    @pytest.mark.parametrize("kind", ["fifo", "folder", "link"])
    def test_something_else_in_its_place(self, damaged: Damaged, kind: str) -> None:
        damaged.path.unlink()
        if kind == "fifo":
            os.mkfifo(damaged.path)
        elif kind == "folder":
            damaged.path.mkdir()
        else:
            damaged.path.symlink_to("/dev/zero")
        assert damaged.judged() and damaged.judged()
        assert (damaged.path.is_file() and not damaged.path.is_symlink()) is (kind != "folder")


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
        made(package, tmp_path)
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
