"""What a Python expression is known to be."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "python",
    r"""
open('a' 'b') => run python [inline] · read ab
open('a' + 'b') => run python [inline] · read ab
open('a' * 3) => run python [inline] · read aaa
open(f'a{1}b') => run python [inline] · read a□b
open('%s.txt' % 'a') => run python [inline] · read a.txt
open('{}.txt'.format('a')) => run python [inline] · read a.txt
open('txt.vne.'[::-1]) => run python [inline] · read .env.txt
open(str(Path('a') / 'b')) => run python [inline] · read a/b
open(os.path.join('a', 'b', '/c')) => run python [inline] · read /c
open(os.path.expanduser('~/.ssh/id_rsa')) => run python [inline] · read ~/.ssh/id_rsa
open(bytes.fromhex('2e656e76').decode()) => run python [inline] · read .env
open('.ENV'.lower()) => run python [inline] · read .env
open('a.b'.replace('b', 'env')) => run python [inline] · read a.env
open(''.join(['.e', 'nv'])) => run python [inline] · read .env
open(unknown) => run python [inline] · read □
open('/etc/' + unknown) => run python [inline] · read /etc/□
open(chr(46) + 'env') => run python [inline] · read .env
open(codecs.decode('.rai', 'rot13')) => run python [inline] · read .env
open(Path('a/b').with_name('c')) => run python [inline] · read a/c
open('a' * 10**9) => run python [inline] · read □
""",
)
