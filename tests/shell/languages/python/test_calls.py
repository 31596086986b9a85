"""What well-known Python calls do."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "python",
    r"""
os.execl('/bin/rm', 'rm', 'x') => run python [inline] · run rm x · write x [delete]
os.spawnlp(os.P_WAIT, 'rm', 'rm', 'x') => run python [inline] · run rm x · write x [delete]
shutil.move('a', 'b') => run python [inline] · read a · write a [delete] · write b <file:/p/a>
shutil.copy('a', 'b') => run python [inline] · read a · write b <file:/p/a>
shutil.make_archive('out', 'zip', 'src') => run python [inline] · read src [tree] · write out <file:/p/src>
os.listdir('.ssh') => run python [inline] · read .ssh [list]
glob.glob('*.pem') => run python [inline] · read *.pem [list,glob]
os.chmod('x', 0o777) => run python [inline] · write x
httpx.get('https://a.example') => run python [inline] · connect https://a.example
urllib.request.urlretrieve('https://a.example/x', 'x') => run python [inline] · connect https://a.example/x · write x <network:https://a.example/x>
smtplib.SMTP('mail.example') => run python [inline] · connect mail.example
pandas.read_csv('a.csv') => run python [inline] · read a.csv
sqlite3.connect('a.db') => run python [inline] · read a.db
os.symlink('/etc/shadow', 'x') => run python [inline] · read /etc/shadow · write x [create] <file:/etc/shadow>
Path('x').write_text('a') => run python [inline] · write x
Path('x').mkdir() => run python [inline] · write x [create]
os.makedirs('a/b') => run python [inline] · write a/b [create]
import subprocess; subprocess.run(['sh'], input='rm x', text=True) => run python [inline] · run sh · run rm x · write x [delete]
import subprocess; subprocess.run('sh', input=open('f').read(), text=True) => run python [inline] · read f · run sh <unknown:code> OPAQUE
import subprocess; p = subprocess.Popen(['bash'], stdin=subprocess.PIPE); p.communicate(b'rm x') => run python [inline] · run bash <unknown:code> OPAQUE
import subprocess; subprocess.run(['make'], stdin=subprocess.DEVNULL) => run python [inline] · run make [runner]
from subprocess import Popen, PIPE; Popen(['psql'], stdin=PIPE).communicate(b'x') => run python [inline] · run psql <unknown:code> OPAQUE
""",
)
