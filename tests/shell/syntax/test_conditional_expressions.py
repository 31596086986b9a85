"""`[[ … ]]`: what its operands run, and what is none."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
[[ -f $(rm x) ]] => run rm x · write x [delete]
[[ a == $(rm x) && ! ( b != `rm y` || -z "$(rm z)" ) ]] => run rm x · write x [delete] · run rm y · write y [delete] · run rm z · write z [delete]
[[ a =~ ^(b|$(rm x))$ ]] => run rm x · write x [delete]
[[ a == @(b|c) ]] && rm x => run rm x · write x [delete]
[[ a ]] || rm x => run rm x · write x [delete]
[[ ]] => nothing
[[ a b ]]; rm x => run b ]]; rm x [inline] OPAQUE
[[ -f ]]; rm x => run ]]; rm x [inline] OPAQUE
[[ a => run … [inline] OPAQUE
[[ a <b && c> d ]] && rm x => run rm x · write x [delete]
"""
)
