"""What the calls of script languages do, as data: `kind` of the first argument, `kind@1` of the second, several joined by `+`."""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in text.strip().splitlines():
        names, _, does = line.partition(" : ")
        rows.update(dict.fromkeys(names.split(), does.strip()))
    return rows


CALLS = {
    "javascript": _table("""
exec execSync : shell
spawn spawnSync execFile execFileSync fork : argv
readFile readFileSync createReadStream readTextFile readTextFileSync readlinkSync openAsBlob : read
writeFile writeFileSync appendFile appendFileSync createWriteStream writeTextFile writeTextFileSync truncateSync : write
unlink unlinkSync rmdir rmdirSync : delete
rm rmSync removeSync emptyDirSync rimraf : deletetree
copyFile copyFileSync cp cpSync copySync symlink symlinkSync link linkSync : read+write@1
rename renameSync moveSync : read+delete+write@1
readdir readdirSync opendir opendirSync readDirSync : list
mkdir mkdirSync : create
fetch axios.get axios.post axios.put axios http.get https.get http.request https.request got needle.get request : url
connect createConnection Socket : peer
ProcessBuilder : argv
createServer : listen
Bun.file : read
Bun.write : write
Bun.spawn Deno.run Deno.Command : argv
openSync : read
"""),
    "perl": _table("""
system exec : shell
open sysopen : open
unlink rmdir : delete
rmtree remove_tree : deletetree
rename move : read+delete+write@1
copy symlink link : read+write@1
mkdir mkpath make_path : create
opendir : list@9
glob : list
find finddepth : list@1
do require : read
get getstore getprint head mirror : url
chmod chown : write@1
readlink : meta
connect INET.new INET6.new IP.new SSL.new : peer
listen accept : listen
"""),
    "ruby": _table("""
system exec spawn popen capture2 capture2e capture3 popen3 IO.popen : shell
open File.open File.new IO.open : open
File.read IO.read File.readlines IO.readlines File.binread File.foreach YAML.load_file JSON.load_file CSV.read load : file
File.write IO.write File.binwrite IO.binwrite : write
File.delete File.unlink Dir.rmdir FileUtils.rm : delete
rm_rf rm_r remove_dir FileUtils.rm_rf FileUtils.rm_r remove_entry remove_entry_secure : deletetree
FileUtils.cp FileUtils.cp_r FileUtils.copy File.symlink FileUtils.ln_s File.link : read+write@1
FileUtils.mv File.rename : read+delete+write@1
Dir.glob Dir.entries Dir.children Dir.foreach : list
Net::HTTP.get Net.get HTTP.get HTTP.post HTTP.get_response URI.open URI URI.parse HTTParty.get HTTParty.post : url
TCPSocket.new TCPSocket.open Socket.tcp : host
TCPServer.new TCPServer.open : listen
"""),
    "php": _table("""
system exec shell_exec passthru popen proc_open pcntl_exec : shell
file_get_contents readfile file parse_ini_file show_source highlight_file simplexml_load_file : file
include include_once require require_once : code
fopen : open
file_put_contents touch : write
unlink rmdir : delete
copy symlink link : read+write@1
rename : read+delete+write@1
scandir opendir glob : list
mkdir : create
curl_init get_headers : url
fsockopen pfsockopen stream_socket_client : host
socket_connect : peer
socket_create_listen socket_listen stream_socket_server : listen
"""),
    "lua": _table("""
os.execute io.popen : shell
io.open : open
io.lines dofile loadfile : read
os.remove : delete
os.rename : read+delete+write@1
connect : peer
bind listen : listen
"""),
    "awk": _table("system : shell"),
    "tcl": _table("""
exec : argv
open : open
source : read
file.delete : delete
socket : host
"""),
    "r": _table("""
system system2 shell : shell
read.csv readLines readRDS source read.table scan file : file
writeLines write.csv saveRDS write : write@1
unlink file.remove : deletetree
download.file url : url
"""),
    "julia": _table("""
run : shell
read readlines include : read
write : write
rm : deletetree
download : url
"""),
    "groovy": _table("""
execute exec : shell
ProcessBuilder : argv
Socket : peer
ServerSocket : listen
"""),
    "elixir": _table("""
System.cmd : argv
gen_tcp.connect ssl.connect : peer
gen_tcp.listen : listen
System.shell os.cmd cmd : shell
File.read! File.read File.stream! : read
File.write! File.write : write
File.rm! File.rm : delete
File.rm_rf! File.rm_rf : deletetree
"""),
    "applescript": _table("script : shell"),
    "elisp": _table("""
shell-command call-process start-process : shell
"""),
    "java": _table("""
exec : shell
ProcessBuilder : argv
Socket : peer
ServerSocket : listen
"""),
    "make": _table("shell : shell"),
    "cmake": _table("""
execute_process : argv
"""),
}
"""Language -> name or `owner.name` -> what the call does."""

OPAQUE = {
    "javascript": frozenset(
        ("eval", "Function", "constructor", "binding", "dlopen", "runInThisContext", "runInNewContext", "runInContext", "Script")
    ),
    "perl": frozenset(("eval", "s///e", "syscall", "can")),
    "ruby": frozenset(("eval", "instance_eval", "class_eval", "send", "__send__", "public_send", "const_get", "method", "instance_exec", "syscall")),
    "php": frozenset(("eval", "assert", "create_function", "call_user_func", "call_user_func_array")),
    "lua": frozenset(("load", "loadstring")),
    "tcl": frozenset(("eval", "subst")),
    "r": frozenset(("eval", "parse")),
    "groovy": frozenset(("evaluate",)),
    "elixir": frozenset(("eval_string",)),
}
"""Calls that run what their argument says."""
