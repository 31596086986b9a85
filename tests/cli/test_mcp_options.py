"""The options of both proxies: the same words, the same settings."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import pytest
import typer

from gateway.cli import mcp_options, record, record_http
from gateway.cli.mcp_options import settings_of
from gateway.host.client_project import whereabouts


class TestSettings:
    def test_a_policy_is_found_from_any_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        settings = settings_of("traces", whereabouts("", "own.json"), observe=True, mask=False, forward=True)
        assert settings.policy_file == os.path.join(os.getcwd(), "own.json")
        assert (settings.trace_dir, settings.observe, settings.mask, settings.forward) == ("traces", True, False, True)

    def test_no_policy_means_the_projects(self) -> None:
        assert settings_of("", whereabouts("", ""), observe=False, mask=True, forward=False).policy_file == ""


class TestOptions:
    def test_both_doors_take_them_with_the_same_defaults(self) -> None:
        both = [inspect.signature(module.command).parameters for module in (record, record_http)]
        shared = ("policy", "observe", "redact", "mask", "forward", "approve_pins", "deny_style")
        said = [[(each[name].annotation, each[name].default) for name in shared] for each in both]
        assert said[0] == said[1]

    def test_a_style_is_one_of_two(self) -> None:
        assert mcp_options._style("error") == "error"
        with pytest.raises(typer.BadParameter, match="result or error"):
            mcp_options._style("loud")
