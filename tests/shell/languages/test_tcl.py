"""Tcl by its commands."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "tcl",
    r"""
exec "rm" "x" => run tcl [inline] · run rm
eval "exec {rm}" => run tcl [inline] · run □ [inline] OPAQUE
eval { set a 1 } => run tcl [inline]
source "x.tcl" => run tcl [inline] · read x.tcl
socket "h.example" 80 => run tcl [inline] · connect h.example
eval $x => run tcl [inline] OPAQUE
# exec rm => run tcl [inline]
puts "exec rm x" => run tcl [inline]
set a 'b => run tcl [inline]
""",
)
