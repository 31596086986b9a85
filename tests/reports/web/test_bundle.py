"""What is built and checked in is what the sources make, and names what it is made of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

WEB = Path(__file__).resolve().parents[3] / "gateway" / "reports" / "web"
BUILT = ("LICENCES.txt", "built.json", "dashboard.js", "session.js", "style.css")


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """Return what the build said of itself."""
    found: dict[str, Any] = json.loads((WEB / "built" / "built.json").read_text())
    return found


def digest_of_sources() -> str:
    names = sorted([*(f"src/{path.name}" for path in (WEB / "src").iterdir()), "build.mjs", "package.json", "package-lock.json"])
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (WEB / name).read_bytes() + b"\0")
    return digest.hexdigest()


class TestFresh:
    def test_built_from_these_sources(self, built: dict[str, Any]) -> None:
        assert built["sources"] == digest_of_sources(), "run `npm ci && npm run build` in gateway/reports/web"

    def test_building_again_makes_the_same(self, tmp_path: Path) -> None:
        if shutil.which("npm") is None:
            pytest.skip("node is not installed: the bundle is only held to the digest of its sources")
        copy = tmp_path / "web"
        shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("node_modules", "built", "__pycache__"))
        environment = {**os.environ, "HOME": str(tmp_path), "npm_config_update_notifier": "false"}
        if (WEB / "node_modules").is_dir():
            (copy / "node_modules").symlink_to(WEB / "node_modules")
        else:
            words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
            done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=120)
            if done.returncode and not os.environ.get("CI"):
                pytest.skip(f"the packages cannot be installed: {done.stderr[-300:]}")
            assert done.returncode == 0, done.stderr[-2000:]
        done = subprocess.run(
            ["node", "build.mjs", str(tmp_path / "out")], cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert {name: (tmp_path / "out" / name).read_bytes() == (WEB / "built" / name).read_bytes() for name in BUILT} == dict.fromkeys(BUILT, True)


class TestLicences:
    def test_every_bundled_package_is_listed_with_its_licence(self, built: dict[str, Any]) -> None:
        listed = {one["name"]: one for one in built["packages"]}
        assert {name for names in built["pages"].values() for name in names} == set(listed)
        text = (WEB / "built" / "LICENCES.txt").read_text()
        for name, one in listed.items():
            assert one["license"] in ("MIT", "BSD-3-Clause", "Apache-2.0", "ISC"), name
            assert f"{name} {one['version']} ({one['license']})" in text

    def test_the_lockfile_pins_every_one(self, built: dict[str, Any]) -> None:
        lock = json.loads((WEB / "package-lock.json").read_text())["packages"]
        for one in built["packages"]:
            pinned = lock[f"node_modules/{one['name']}"]
            assert pinned["version"] == one["version"] and pinned["integrity"].startswith("sha512-")

    def test_each_program_names_what_is_in_it(self, built: dict[str, Any]) -> None:
        for page, names in built["pages"].items():
            first = (WEB / "built" / f"{page}.js").read_text().partition("\n")[0]
            assert all(name in first for name in names)


class TestStyle:
    def test_no_rule_for_something_else_catches_a_row_of_the_list(self) -> None:
        """A row has the word of its event's type among its classes: a bare class of that name draws it as something else."""
        signs = (WEB / "src" / "signs.js").read_text()
        words = {word for _, text in re.findall(r'(\w+): \["[^"]*", "([a-z ]+)"\]', signs) for word in text.split()}
        assert {"note", "decision", "prompt"} <= words
        for name in ("src/style.css", "built/style.css"):
            selectors = re.sub(r"\{[^{}]*\}", "\n", (WEB / name).read_text()).replace(",", "\n").split("\n")
            caught = [line.strip() for line in selectors if re.match(rf"\.({'|'.join(words)})(?![\w-])", line.strip())]
            assert caught == [], name
