"""CMake by its one call."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "cmake",
    r"""
execute_process("rm" "x") => run cmake [inline] · run rm
execute_process(COMMAND rm x) => run cmake [inline] · run □ [inline] OPAQUE
message("execute_process") => run cmake [inline]
""",
)
