"""Whether what a tool of Codex came back with says that it failed: a flag, an exit code, or the client's own words.
Pure.

A rollout keeps no flag of failure: what went wrong stands in the text that the model was given (openai/codex,
codex-rs/core/src/tools: `RespondToModel`, exec.rs, codex-rs/core/src/tools/format).
"""

from __future__ import annotations

import re

FRAME = 6
"""Lines in which a command's frame (`Exit code: 1`, `Wall time: …`) stands before what it printed."""

_OUTPUT = "Output:"
_CODES = ("Exit code: ", "Process exited with code ")
_SAID = re.compile(
    r"""
      failed \s in \s sandbox \b
    | (?:exec_command|write_stdin|unified \s exec|shell|apply_patch|local_shell) \s failed (?: \s for \s ` | : )
    | execution \s error: | error \s running \s command | tool \s call \s error: | err: \s
    | command \s timed \s out \s after \s \d
    | failed \s to \s parse \s (?: function \s arguments | exec_command \s arguments)
    | apply_patch \s verification \s failed | patch \s (?: rejected | approval \s denied)
    | unsupported \s (?: custom \s tool \s )? call: | unknown \s (?:tool|process \s id)\b
    | (?:exec \s )? command \s rejected \s by \s user | rejected \s by \s user | rejected: \s
    | aborted (?: \s by \s user (?: \s after \s [\d.]+ \s? s )? )? \s* \.? \s* $
    | Script \s (?: failed | error: )
    | collab \s \w+ \s failed | agent \s spawn \s failed
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How the client begins a text that it wrote itself because the call did not succeed."""
_AFTER_FRAME = re.compile(r"aborted by user\s*$|command timed out after \d", re.IGNORECASE)


def failed(output: object) -> bool:
    """Whether a tool's output says that it failed; what a command printed itself does not count."""
    if isinstance(output, dict):
        return _flagged(output)
    if isinstance(output, list):
        return bool(output) and failed(_text_of(output[0]))
    return isinstance(output, str) and _told(output)


def _flagged(output: dict[str, object]) -> bool:
    about = output.get("metadata")
    code = about.get("exit_code") if isinstance(about, dict) else None
    if isinstance(code, int) and not isinstance(code, bool):
        return code != 0
    if output.get("success") is False or output.get("isError") is True:
        return True
    text = output.get("output", output.get("content"))
    return failed(text) if isinstance(text, str) else False


def _text_of(block: object) -> object:
    return block.get("text") if isinstance(block, dict) else block


def _told(output: str) -> bool:
    framed = False
    for line in output.split("\n", FRAME)[:FRAME]:
        for mark in _CODES:
            if line.startswith(mark):
                return line.removeprefix(mark).strip() != "0"
        if line.startswith("Wall time: "):
            framed = True
        elif framed and _AFTER_FRAME.match(line):
            return True
        if line.startswith(_OUTPUT):
            break
    return _SAID.match(output.lstrip()[:400].partition("\n")[0]) is not None
