from __future__ import annotations

import pytest

from gateway.policy.pathset import Place
from gateway.policy.sensitive import LABELS, SECRET_LABELS, compile_labels, labels

COMPILED = compile_labels()


def of(path: str) -> tuple[str, ...]:
    return labels(COMPILED, Place(path, project="/home/u/p", home="/home/u"))


class TestLabels:
    @pytest.mark.parametrize(
        ("path", "label"),
        [
            ("/home/u/p/.env", "environment file"),
            ("/home/u/p/a/.env.production", "environment file"),
            ("/home/u/p/.envrc", "environment file"),
            ("/home/u/p/prod.env", "environment file"),
            ("/root/.ssh/id_ecdsa", "private key"),
            ("/root/.ssh/config", "ssh"),
            ("/home/u/p/deploy/server.pem", "private key"),
            ("/root/.kube/config", "credentials"),
            ("/home/u/.aws/credentials", "credentials"),
            ("/home/u/.netrc", "credentials"),
            ("/etc/shadow", "credentials"),
            ("/w/.github/workflows/ci.yml", "ci workflow"),
            ("/w/.claude/settings.json", "agent configuration"),
            ("/w/.mcp.json", "agent configuration"),
        ],
    )
    def test_sensitive(self, path: str, label: str) -> None:
        assert label in of(path)

    @pytest.mark.parametrize(
        "path",
        [
            "/home/u/p/.env.example",
            "/home/u/p/environment.py",
            "/home/u/p/src/env.ts",
            "/home/u/p/docs/credentials.md",
            "/home/u/p/README.md",
            "/home/u/p/keys.py",
            "/home/u/p/monkey.txt",
            "/home/u/p/.github/CODEOWNERS",
            "/home/u/p/src/keyboard.key.ts",
            "/usr/lib/python3/site-packages/certifi/cacert.pem",
        ],
    )
    def test_not_sensitive(self, path: str) -> None:
        assert of(path) == ()

    def test_secret_labels_exist(self) -> None:
        assert set(SECRET_LABELS) <= {name for name, _, _ in LABELS}
