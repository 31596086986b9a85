"""The walk itself: order, places, bounds."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
a; b => run a · run b
a `b` $(c) => run b · run c · run a □ □
sh -c "sh -c 'rm x'" => run sh -c sh -c 'rm x' · run sh -c rm x · run rm x · write x [delete]
sh -c 'sh -c "sh -c \"rm x\""' => run sh -c sh -c "sh -c \"rm x\"" · run sh -c sh -c "rm x" · run sh -c rm x · run rm x · write x [delete]
ls⏎rm x => run ls · run rm x · write x [delete]
"""
)
