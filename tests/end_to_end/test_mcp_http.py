"""`record-http` in front of real servers: where policy is silent, real clients see what they see without it, and the suites pass what they pass."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.real import mcp_http
from tests.real.mcp_http import LOOPS, checks, conformance, inspector, proxy, scenario, server, signing

pytestmark = [
    pytest.mark.real,
    pytest.mark.network,
    pytest.mark.skipif(
        not mcp_http.installed() and not os.environ.get("AGENT_STRACE_REQUIRE_REAL"),
        reason="REAL MCP SERVERS WERE NOT TESTED OVER HTTP: tests/real/install.sh installs them",
    ),
]

LISTS = Path(mcp_http.__file__).with_name("conformance.json")
"""What passes, scenario by scenario: written anew by the test when $AGENT_STRACE_UPDATE is set, and looked at in the diff."""

SIGHTS = [
    ("everything", "everything", "legacy", "http"),
    ("everything-sse", "everything", "legacy", "sse"),
    ("conformance", "conformance", "legacy", "http"),
    ("conformance", "conformance", "modern", "http"),
]


class TestSame:
    @pytest.mark.parametrize(("kind", "table", "era", "how"), SIGHTS, ids=["-".join(row[:3]) for row in SIGHTS])
    def test_the_official_client_sees_the_same(self, tmp_path: Path, kind: str, table: str, era: str, how: str) -> None:
        with server(kind) as url:
            direct = checks(table, era, how, url)
            assert len(direct) >= 30 and not [name for name, seen in direct.items() if str(seen).startswith("broke")]
            for loop in LOOPS:
                with proxy(url, tmp_path / loop, loop=loop) as through:
                    proxied = checks(table, era, how, through)
                assert {name: proxied.get(name) for name in direct if proxied.get(name) != direct[name]} == {}
                files = (tmp_path / loop).glob(".agent-traces/*/events.ndjson")
                recorded = [json.loads(line)["event_type"] for file in files for line in file.read_bytes().splitlines()]
                assert recorded.count("tool_call") > 15 and recorded.count("tool_call") >= recorded.count("tool_result")

    @pytest.mark.parametrize(("kind", "how"), [("everything", "http"), ("everything-sse", "sse")])
    def test_the_inspector_sees_the_same(self, tmp_path: Path, kind: str, how: str) -> None:
        asked = [
            ("tools/list",),
            ("resources/list",),
            ("prompts/list",),
            ("tools/call", "--tool-name", "echo", "--tool-arg", "message=hello"),
            ("prompts/get", "--prompt-name", "simple-prompt"),
        ]
        with server(kind) as url, proxy(url, tmp_path / "project") as through:
            for words in asked:
                assert inspector(through, how, *words) == inspector(url, how, *words)


class TestConformance:
    @pytest.mark.parametrize(
        ("suite", "options"),
        [
            ("mcp-conformance", ()),
            ("mcp-conformance-next", ("--requirements", "2025-11-25")),
            ("mcp-conformance-next", ("--requirements", "2026-07-28")),
        ],
        ids=["0.1", "2025-11-25", "2026-07-28"],
    )
    def test_what_passes_directly_passes_through(self, tmp_path: Path, suite: str, options: tuple[str, ...]) -> None:
        name = options[-1] if options else "0.1"
        with server("conformance") as url:
            direct = conformance(suite, url, *options)
            with proxy(url, tmp_path / "project") as through:
                proxied = conformance(suite, through, *options)
            with proxy(url, tmp_path / "plain", loop="asyncio") as through:
                assert conformance(suite, through, *options) == proxied
        lists = json.loads(LISTS.read_text()) if LISTS.exists() else {}
        if os.environ.get("AGENT_STRACE_UPDATE"):
            LISTS.write_text(json.dumps({**lists, name: {"direct": direct, "through": proxied}}, indent=1, sort_keys=True) + "\n")
        else:
            assert lists[name] == {"direct": direct, "through": proxied}
        assert {scenario: counts for scenario, counts in proxied.items() if counts[1] > direct[scenario][1]} == {}
        assert len(proxied) == len(direct) >= 30

    def test_dns_rebinding_ends_at_the_proxy(self, tmp_path: Path) -> None:
        with server("conformance", "--open") as url:
            assert scenario("mcp-conformance", url, "dns-rebinding-protection")[1] > 0
            with proxy(url, tmp_path / "project") as through:
                assert scenario("mcp-conformance", through, "dns-rebinding-protection") == (2, 0)

    def test_clients_can_sign_in_through_the_proxy(self, tmp_path: Path) -> None:
        direct, proxied = signing(through=False, folder=tmp_path / "direct"), signing(through=True, folder=tmp_path / "through")
        # The authorization server is told the proxy's URL as the resource: one check of those scenarios that look at it.
        assert {name: counts for name, counts in direct.items() if counts[1]} == {}
        lost = {name: direct[name][0] - counts[0] for name, counts in proxied.items() if counts[1]}
        assert set(lost.values()) == {1} and len(lost) == 7 and len(proxied) == len(direct) >= 14
