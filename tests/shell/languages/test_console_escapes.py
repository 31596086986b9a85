"""Editors, database shells and debuggers: what leaves for a file or a shell (vim)."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "vim",
    r"""
:!rm x => run vim [inline] · run rm x · write x [delete]
:call system('rm x') => run vim [inline] · run rm x · write x [delete]
:w out => run vim [inline] · write out
:r .env => run vim [inline] · read .env
:r !rm x => run vim [inline] · run rm x · write x [delete]
:%!rm x => run vim [inline] · run rm x · write x [delete]
:e x => run vim [inline] · read x
:wq => run vim [inline]
:set number => run vim [inline]
:py3 import os => run vim [inline] OPAQUE
:lua os.execute('rm x') => run vim [inline] OPAQUE · run rm x · write x [delete]
:silent !rm x => run vim [inline] · run rm x · write x [delete]
:exe '!rm x' => run vim [inline] OPAQUE
:so x.vim => run vim [inline] · read x.vim
""",
)
