"""Simple commands: assignments before and words behind, functions that look like them."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
X=1 rm x => run rm x · write x [delete]
X=1 => nothing
X+=a; rm $X => run rm □a · write □a [delete]
X=(a b); rm "${X[@]}" => run rm a b · write a [delete] · write b [delete]
a[1]=2 rm x => run rm x · write x [delete]
"f"() { rm x; }; f => run rm x · write x [delete]
2>&1 rm x => run rm x · write x [delete]
>out rm x => run rm x · write x [delete] · write out
rm x >out 2>err => run rm x · write x [delete] · write out · write err
rm <in x => read in · run rm x · write x [delete]
{fd}>out rm x => run rm x · write x [delete] · write out
declare X=rm; $X y => run declare X=rm [data] · run rm y · write y [delete]
export PATH=/tmp/evil:$PATH => run export PATH=/tmp/evil:□ [data] · run PATH=/tmp/evil:□ [assignment]
A=(one⏎two) rm x => run rm x · write x [delete]
"""
)
