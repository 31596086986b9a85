"""The shell of a page that stands by itself: its program and style inside it, and a policy that lets nothing else run
or load.
"""

from __future__ import annotations

import base64
import hashlib
import html
from importlib.resources import files

_NOSCRIPT = "This page needs JavaScript. It loads nothing and sends nothing."


def bundled(name: str) -> str:
    """Return a file of the built front end."""
    return files("gateway.reports.web").joinpath("built", name).read_text(encoding="utf-8")


def source_hash(text: str) -> str:
    """Return a text as a source expression of a content security policy (CSP3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def security_policy(program: str, style: str) -> str:
    """Return the policy of a page: its own program and style by their hashes, and nothing else from anywhere."""
    return (
        f"default-src 'none'; script-src {source_hash(program)}; style-src {source_hash(style)}; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def page_head(title: str, program: str, style: str) -> str:
    """Return everything of a page before its data."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(security_policy(program, style))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="agent-strace">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<noscript>{_NOSCRIPT}</noscript>\n<div id="app"><p role="status">Opening…</p></div>\n'
    )


def page_tail(program: str) -> str:
    """Return everything of a page after its data."""
    return f"<script>{program}</script>\n</body>\n</html>\n"
