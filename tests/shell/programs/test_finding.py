"""What the programs of `finding` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
find . -name '*.py' => run find . -name *.py · read . [list]
find / -name id_rsa -exec cat {} + => run find / -name id_rsa -exec cat {} + · read / [list] · run cat /**/id_rsa · read /**/id_rsa [glob]
find . -type f -delete => run find . -type f -delete · read . [list] · write . [delete,tree]
find . -fprintf out.txt '%p' => run find . -fprintf out.txt %p · read . [list] · write out.txt
find src -newer Makefile -ok rm {} \; => run find src -newer Makefile -ok rm {} ; · read src [list] · read Makefile [meta] · run rm src/**/* · write src [delete,tree]
fd -e py -x cat => run fd -e py -x cat · read . [list] · run cat ./**/* · read . [tree]
locate x => run locate x
grep -rn TODO src => run grep -rn TODO src · read src [tree]
rg TODO => run rg TODO · read . [search]
rg --pre 'sh -c id' x => run rg --pre sh -c id x · read . [search] · run sh -c id
ls -la ~/.ssh => run ls -la /home/u/.ssh · read /home/u/.ssh [list]
tree src => run tree src · read src [list]
"""
)
