"""A policy that takes longer to compile than a hook may think is compiled all the same, and the next hook finds it."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from gateway.doors.hook import late_compile
from tests.hook_stage import REFUSED, RIGHT, Stage, lawful
from tests.hook_world import CLIENT_SECONDS, World, payload

SLOW = "    _reach_libraries()\n    import time\n\n    time.sleep({seconds})\n"


@pytest.fixture(scope="module")
def slow_world(whole_stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A warm package whose policies take six seconds to compile, as those of a busy machine do."""
    world = World(tmp_path_factory.mktemp("slow") / "w")
    shutil.rmtree(world.package)
    shutil.copytree(whole_stage.world.package, world.package, ignore=shutil.ignore_patterns("lane-*.bin"))  # a bundle names the files it is of
    reader = world.package / "gateway" / "host" / "policy_reader.py"
    text = reader.read_text()
    assert text.count("    _reach_libraries()\n") == 1
    reader.write_text(text.replace("    _reach_libraries()\n", SLOW.format(seconds=6)))
    return world


def cached(world: World) -> list[Path]:
    return sorted((world.home / ".local" / "state" / "agent-strace" / "policy").glob("*.bin"))


def came(world: World, seconds: float = 40) -> bool:
    """Whether a compiled policy comes into being."""
    until = time.monotonic() + seconds
    while not cached(world) and time.monotonic() < until:
        time.sleep(0.1)
    return bool(cached(world))


class TestBegin:
    def test_the_work_of_a_hook_that_was_cut_off_is_not_lost(self, slow_world: World) -> None:
        project = slow_world.project("project")
        done = slow_world.run(project, "pre-tool", payload("pre-tool", project))
        lawful(done, "pre-tool", REFUSED)
        assert "no verdict within 5 s. Try again" in done.stdout and done.took < CLIENT_SECONDS
        assert came(slow_world)
        lawful(slow_world.run(project, "pre-tool", payload("pre-tool", project)), "pre-tool", RIGHT)


class TestMain:
    def command(self, world: World, project: Path) -> list[str]:
        file = world.package / Path(late_compile.__file__).relative_to(Path(late_compile.__file__).parents[3])
        return [world.python, "-I", "-S", str(file), "", str(project)]

    def test_one_process_at_a_time(self, whole_stage: Stage) -> None:
        whole_stage.reset()
        folder = whole_stage.path("compiled policies")
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        command = self.command(whole_stage.world, whole_stage.project)
        with (folder / late_compile.LOCK).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            done = subprocess.run(command, env=whole_stage.world.environment(), capture_output=True, timeout=60, check=False)
            assert (done.returncode, done.stdout, done.stderr, cached(whole_stage.world)) == (0, b"", b"", [])
        subprocess.run(command, env=whole_stage.world.environment(), timeout=60, check=True)
        assert len(cached(whole_stage.world)) == 1

    @pytest.mark.parametrize("trouble", ["policy", "state"])
    def test_trouble_ends_it_without_a_word(self, whole_stage: Stage, trouble: str) -> None:
        whole_stage.reset()
        if trouble == "policy":
            whole_stage.policy("{")
        else:
            whole_stage.put("state", "an empty file")
        command = self.command(whole_stage.world, whole_stage.project)
        done = subprocess.run(command, env=whole_stage.world.environment(), capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_it_ends_in_time(self, slow_world: World, tmp_path: Path) -> None:
        file = slow_world.package / "gateway" / "doors" / "hook" / "late_compile.py"
        text = file.read_text()
        file.write_text(text.replace("SECONDS = 20.0", "SECONDS = 0.5"))
        begun = time.monotonic()
        subprocess.run(self.command(slow_world, tmp_path), env={"HOME": str(tmp_path)}, timeout=60, check=True)
        file.write_text(text)
        assert time.monotonic() - begun < 6 and not list(tmp_path.rglob("*.bin"))
