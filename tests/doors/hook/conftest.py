"""One warm package for all rows that a test process runs: warming it takes as long as sixty of them."""

from __future__ import annotations

import pytest

from tests.hook_stage import Stage
from tests.hook_world import World


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(World(tmp_path_factory.mktemp("faults") / "w").warm())


@pytest.fixture
def stage(whole_stage: Stage) -> Stage:
    whole_stage.reset()
    return whole_stage
