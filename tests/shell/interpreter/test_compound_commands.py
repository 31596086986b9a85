"""What branches, loops and lists leave behind."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
for f in *.log; do rm "$f"; done => run rm *.log · write *.log [delete,glob]
for f in .env*; do cat "$f"; done => run cat .env* · read .env* [glob]
for f in .env*; do cat -- "./$f"; done => run cat -- ./.env* · read ./.env* [glob]
for f in src/*.py; do sed -i s/a/b/ "$f"; done => run sed -i s/a/b/ src/*.py · read src/*.py [glob] · write src/*.py [glob] <file:/p/src/*.py>
set -- .env*; cat "$1"; cat "$@" => run set -- .env* [data] · run cat .env* · read .env* [glob] · run cat .env* · read .env* [glob]
A=(.env*); cat "${A[@]}" => run cat .env* · read .env* [glob]
X=.env*; cat $X; cat "$X" => run cat .env* · read .env* [glob] · run cat .env* · read .env*
find . -exec sh -c 'cat "$1"' _ {} \; => run find . -exec sh -c cat "$1" _ {} ; · read . [list] · run sh -c cat "$1" _ ./**/* · run cat ./**/* · read . [tree]
X=rm; false && X=ls || $X y => run false [data] · run □ y [inline] OPAQUE
X=rm; false && X=ls; $X y => run false [data] · run □ y [inline] OPAQUE
a && X=rm && $X y => run a · run rm y · write y [delete]
cd a || exit 1; rm x => run cd a [data] · run exit 1 [data] · run rm x · write x @/p/a [delete]
cd a || cd b; rm x => run cd a [data] · run cd b [data] · run rm x · write x @□ [delete]
cd a && rm x; rm y => run cd a [data] · run rm x · write x @/p/a [delete] · run rm y · write y @/p/a [delete]
mkdir x && cd x && rm y => run mkdir x · write x [create] · run cd x [data] · run rm y · write y @/p/x [delete]
cd a || { echo no; exit 1; }; rm x => run cd a [data] · run echo no · run exit 1 [data] · run rm x · write x @/p/a [delete]
for x in rm ls; do X=$x; c && break; done; $X y => run c · run break [data] · run c · run break [data] · run □ y [inline] OPAQUE
X=ls; while c; do X=rm; break; X=ls; done; $X y => run c · run break [data] · run c · run break [data] · run □ y [inline] OPAQUE
f() { X=rm; a && return; X=ls; }; f; $X y => run a · run return [data] · run □ y [inline] OPAQUE
"""
)
