"""Quoting: what bash takes quotes, backslashes and backquotes for."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
echo 'a'"b"c\ d => run echo abc d
echo "a\"b" 'c\d' => run echo a"b c\d
echo "a\nb" x => run echo a\nb x
echo "\$x \`y\` \\ \z" => run echo $x `y` \ \z
echo \\ \a => run echo \ a
echo $'a\'b' => run echo a'b
echo "a⏎b" => run echo a⏎b
echo `echo "a\`echo b\`"` => run echo b · run echo ab · run echo ab
r""m x => run rm x · write x [delete]
"r"''m x => run rm x · write x [delete]
"""
)
