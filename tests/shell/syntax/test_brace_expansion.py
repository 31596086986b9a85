"""Brace expansion, and its bound."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
rm {a,b} => run rm a b · write a [delete] · write b [delete]
rm x{1..3} => run rm x1 x2 x3 · write x1 [delete] · write x2 [delete] · write x3 [delete]
rm x{3..1} => run rm x3 x2 x1 · write x3 [delete] · write x2 [delete] · write x1 [delete]
rm {a..c} => run rm a b c · write a [delete] · write b [delete] · write c [delete]
rm {a,b}{1,2} => run rm a1 a2 b1 b2 · write a1 [delete] · write a2 [delete] · write b1 [delete] · write b2 [delete]
rm {a,{b,c}} => run rm a b c · write a [delete] · write b [delete] · write c [delete]
{r,}m x => run rm m x · write m [delete] · write x [delete]
rm {a} => run rm {a} · write {a} [delete]
rm {a,b => run rm {a,b · write {a,b [delete]
rm "{a,b}" => run rm {a,b} · write {a,b} [delete]
rm {1..999999} => run rm □ · write □ [delete]
rm a{,b} => run rm a ab · write a [delete] · write ab [delete]
rm {$x,b} => run rm □ b · write □ [delete] · write b [delete]
rm {1..9..4} => run rm 1 5 9 · write 1 [delete] · write 5 [delete] · write 9 [delete]
"""
)
