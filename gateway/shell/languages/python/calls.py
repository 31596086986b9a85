"""What well-known Python calls do, as data: `kind` of the first argument, `kind@1` of the second, several joined by
`+`.
"""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in text.strip().splitlines():
        names, _, does = line.partition(" : ")
        rows.update(dict.fromkeys(names.split(), does.strip()))
    return rows


CALLS = _table("""
os.system os.popen commands.getoutput subprocess.getoutput subprocess.getstatusoutput : shell
asyncio.create_subprocess_shell asyncio.subprocess.create_subprocess_shell pexpect.run pexpect.spawn : shell
invoke.run : shell
subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen sh.Command pty.spawn os.startfile : process
asyncio.create_subprocess_exec asyncio.subprocess.create_subprocess_exec : argv
pip.main pip._internal.main pip._internal.cli.main.main pip._internal.cli.main : pip
os.execl os.execlp os.execle os.execlpe : argv@1
os.spawnl os.spawnlp : argv@2
os.execv os.execvp os.execve os.execvpe posix.execv : process@1
os.spawnv os.spawnvp os.posix_spawn os.posix_spawnp : process@1
os.remove os.unlink os.rmdir : delete
os.removedirs shutil.rmtree : deletetree
os.rename os.renames os.replace shutil.move : read+delete+write@1
shutil.copy shutil.copy2 shutil.copyfile : read+write@1
shutil.copytree : tree+unpack@1
shutil.make_archive : write+tree@2
shutil.unpack_archive : read+unpack@1
os.link : link+write@1
os.symlink : read+create@1
os.mkdir os.makedirs os.mkfifo os.mknod : create
os.chmod os.chown os.truncate os.utime : write
os.listdir os.scandir os.walk : list
glob.glob glob.iglob : glob
os.stat os.path.exists os.path.isfile os.path.isdir os.path.getsize os.access : meta
urllib.request.urlopen urllib.urlopen urllib2.urlopen urllib.request.Request requests.get requests.post : url
requests.put requests.delete requests.patch requests.head httpx.get httpx.post httpx.put httpx.delete : url
httpx.stream httpx.patch aiohttp.request urllib3.request wget.download websocket.create_connection : url
websockets.connect : url
timeit.timeit timeit.repeat cProfile.run profile.run pdb.run pdb.runeval trace.run : code
runpy.run_path : script
webbrowser.open xmlrpc.client.ServerProxy : url
requests.request httpx.request : url@1
urllib.request.urlretrieve : url+write@1
http.client.HTTPConnection http.client.HTTPSConnection smtplib.SMTP smtplib.SMTP_SSL ftplib.FTP : host
telnetlib.Telnet socket.create_connection asyncio.open_connection paramiko.Transport imaplib.IMAP4_SSL : host
socket.create_server asyncio.start_server socketserver.TCPServer socketserver.ThreadingTCPServer socketserver.ForkingTCPServer : listen
pandas.read_csv pandas.read_json pandas.read_excel pandas.read_parquet pd.read_csv pd.read_json : read
pd.read_excel pd.read_parquet pd.read_pickle numpy.load np.load numpy.loadtxt np.loadtxt : read
linecache.getlines fileinput.input tarfile.open zipfile.ZipFile sqlite3.connect dotenv.load_dotenv : read
dotenv.dotenv_values configparser.ConfigParser.read : read
numpy.save np.save numpy.savetxt np.savetxt : write
""")
"""Functions by their dotted name."""

PATH_METHODS = {
    "open": "open",
    "read_text": "read",
    "read_bytes": "read",
    "write_text": "write",
    "write_bytes": "write",
    "touch": "create",
    "mkdir": "create",
    "unlink": "delete",
    "rmdir": "delete",
    "rename": "delete",
    "replace": "delete",
    "iterdir": "list",
    "symlink_to": "write",
    "hardlink_to": "write",
    "chmod": "write",
    "exists": "meta",
    "is_file": "meta",
    "stat": "meta",
}
"""Methods of a path whose text is known, or of a `Path(…)` that is not."""

METHODS = {
    "read_text": "read@9",
    "write_text": "write@9",
    "connect": "host",
    "connect_ex": "host",
    "accept": "listen",
    "urlopen": "url",
    "execute_command": "shell",
    "exec_command": "shell",
    "subprocess_shell": "shell@1",
    "subprocess_exec": "argv@1",
    "runsource": "code",
    "runcode": "code",
    "to_csv": "write",
    "to_json": "write",
    "to_parquet": "write",
    "extractall": "unpack",
}
"""Methods by name alone, on anything."""

OPAQUE_CALLS = frozenset(
    "exec eval compile __import__ importlib.import_module marshal.loads pickle.loads pickle.load ctypes.CDLL ctypes.cdll.LoadLibrary types.FunctionType code.interact".split()
)
"""Calls that run what their argument says."""
