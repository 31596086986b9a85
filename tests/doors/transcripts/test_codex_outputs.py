"""Failures that Codex tells in words, and outputs that only look like one."""

from __future__ import annotations

import pytest

from gateway.doors.transcripts.codex_outputs import failed


class TestFailed:
    @pytest.mark.parametrize(
        "output",
        [
            "failed in sandbox MacosSeatbelt with execution error: sandbox denied exec error, exit code: 1, stdout: , stderr: no",
            "exec_command failed for `/bin/zsh -lc x`: Sandbox(Denied)",
            "exec_command failed: no such process",
            "write_stdin failed: Unknown process id 7",
            "aborted by user after 3.2s",
            "aborted",
            "Wall time: 3.2 seconds\naborted by user",
            "execution error: Io(NotFound)",
            "apply_patch verification failed: Failed to find expected lines in a.py",
            "patch rejected: writing outside of the project",
            "exec command rejected by user",
            "failed to parse function arguments: missing field `command`",
            "unsupported call: nothing",
            "unsupported custom tool call: nothing",
            "tool call error: tool call failed for `docs/search`",
            "Script failed\nWall time 0.1 seconds\nOutput:\n",
            "Exit code: 2\nWall time: 1 seconds\nOutput:\nno",
            "Chunk ID: ab\nWall time: 0.1 seconds\nProcess exited with code 127\nOriginal token count: 3\nOutput:\nno",
            {"output": "x", "metadata": {"exit_code": 124, "duration_seconds": 10.0}},
            {"success": False, "content": "no"},
            {"content": "exec_command failed for `ls`: Sandbox(Denied)"},
            {"content": [{"type": "text", "text": "no"}], "isError": True},
            [{"type": "input_text", "text": "Script failed\nWall time 0.1 seconds\nOutput:\n"}, {"type": "input_text", "text": "no"}],
        ],
    )
    def test_told(self, output: object) -> None:
        assert failed(output)

    @pytest.mark.parametrize(
        "output",
        [
            "",
            None,
            7,
            [],
            {},
            "Exit code: 0\nWall time: 1 seconds\nOutput:\nfailed in sandbox",
            "Exit code: 0\nOutput:\nExit code: 1",
            "Wall time: 0.2 seconds\nOutput:\naborted by user",
            "Process exited with code 0\nOutput:\nrejected by user",
            "the last run failed in sandbox mode",
            "abortedly",
            "aborted transactions: 0",
            {"output": "failed in sandbox x", "metadata": {"exit_code": 0}},
            {"output": "fine", "metadata": {"exit_code": False}},
            {"success": True, "content": "done"},
            [{"type": "input_text", "text": "Script completed\nOutput:\n"}, {"type": "input_text", "text": "Script failed"}],
            [{"type": "input_image", "image_url": "data:"}],
        ],
    )
    def test_not_told(self, output: object) -> None:
        assert not failed(output)
