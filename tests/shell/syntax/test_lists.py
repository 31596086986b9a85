"""Lists and pipelines: every command of a line is found, whatever joins it to the next."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
a; b & c && d || e => run a · run b · run c · run d · run e
a | b |& c => run a · run b · run c
a &&⏎b => run a · run b
a |⏎b => run a · run b
# nothing => nothing
a # b => run a
a;⏎⏎b => run a · run b
! a | b => run a · run b
time a | b => run a · run b
a && => run a · run … [inline] OPAQUE
a | => run … [inline] OPAQUE
;; a => run ;; a [inline] OPAQUE
"""
)
