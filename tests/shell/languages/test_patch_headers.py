"""Patches that a line writes itself."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
printf -- '--- a/x\n+++ b/x\n' > p && git apply p => run printf -- --- a/x\n+++ b/x\n · write p · run git apply p · read p · write x
git apply <<'E'⏎+++ b/x⏎E => run git apply · write x
patch -p1 <<'E'⏎--- a/x⏎+++ b/y⏎E => run patch -p1 · write x · write y
git am <<'E'⏎+++ b/x⏎E => run git am · write x
git apply p => run git apply p · read p
git -C d apply p => run git -C d apply p · read d/p
git apply < p => read p · run git apply
git diff | git apply => run git diff · run git apply
patch -p1 < p => read p · run patch -p1
patch -i p => run patch -i p · read p
patch f p => run patch f p · write f · read p
"""
)
