"""AppleScript by its one call."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "applescript",
    r"""
do shell script "rm x" => run applescript [inline] · run rm x · write x [delete]
display dialog "do shell script" => run applescript [inline]
""",
)
