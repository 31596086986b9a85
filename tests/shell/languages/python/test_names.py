"""Names: imports, assignments, reflection, and what branches leave of them."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "python",
    r"""
from os import *; system('rm x') => run python [inline] · run rm x · write x [delete]
f = getattr(os, 'sys' + 'tem'); f('rm x') => run python [inline] · run rm x · write x [delete]
vars(os)['system']('rm x') => run python [inline] · run rm x · write x [delete]
sys.modules['os'].system('rm x') => run python [inline] · run rm x · write x [delete]
handlers[k]('rm x') => run python [inline] OPAQUE
m = map(os.system, ['rm x']) => run python [inline] OPAQUE
a, b = 'rm', 'x'; os.system(a + ' ' + b) => run python [inline] · run rm x · write x [delete]
c='ls'⏎def f(c): os.system(c)⏎f('rm x') => run python [inline] OPAQUE
c='ls'⏎def f(): os.system(c)⏎c='rm x'⏎f() => run python [inline] OPAQUE
c='rm x'⏎def f(): os.system(c)⏎f() => run python [inline] · run rm x · write x [delete]
c='ls'⏎if x:⏎  c='rm x'⏎os.system(c) => run python [inline] OPAQUE
if x: f=os.system⏎else: f=print⏎f('rm x') => run python [inline] OPAQUE
for i in ['rm x']:⏎  c=i⏎os.system(c) => run python [inline] · run rm x · write x [delete]
x = [].__class__.__base__.__subclasses__() => run python [inline] OPAQUE
subprocess.run(['ls', 'x'], executable='/bin/rm') => run python [inline] · run /bin/rm x · write x [delete] · run ls x · read x [list]
subprocess.run(['ls'], env={'LD_PRELOAD': '/tmp/x.so'}) => run python [inline] · run export LD_PRELOAD=/tmp/x.so [data] · run LD_PRELOAD=/tmp/x.so [assignment] · run ls
timeit.timeit('import os; os.system("rm x")') => run python [inline] · run rm x · write x [delete]
class A:⏎  def f(self, c): subprocess.run(c) => run python [inline] OPAQUE
import os; [os.remove(os.path.join(d, f)) for d, _, fs in os.walk('/') for f in fs] => run python [inline] · read / [list] · write /□ [delete,tree]
import os; [os.remove(os.path.join(d, f)) for d, _, fs in os.walk('.') for f in fs if f.endswith('.pyc')] => run python [inline] · read . [list] · write ./□ [delete,tree]
import os⏎for f in os.listdir('build'): os.remove(f) => run python [inline] · read build [list] · write build/□ [delete,tree]
import glob, os⏎for f in glob.glob('/etc/*'): os.unlink(f) => run python [inline] · read /etc/* [list,glob] · write /etc/□ [delete,tree]
import glob, os⏎for f in glob.glob('*.log'): os.unlink(f) => run python [inline] · read *.log [list,glob] · write ./□ [delete,tree]
from pathlib import Path⏎for p in Path.home().rglob('*'): p.unlink() => run python [inline] · write ~/□ [delete,tree]
from pathlib import Path⏎for p in Path('.').rglob('*.pyc'): p.unlink() => run python [inline] · write ./□ [delete,tree]
from pathlib import Path⏎for p in Path('src').iterdir(): print(p.stat()) => run python [inline] · read src [list]
import os, shutil⏎for d in os.listdir('/srv'): shutil.rmtree('/srv/' + d) => run python [inline] · read /srv [list] · write /srv/□ [delete,tree]
""",
)
