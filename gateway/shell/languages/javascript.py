"""JavaScript and TypeScript by their calls (Node, Deno, Bun, zx): modules, tagged shells, functions that are handed on.
Pure.
"""

from __future__ import annotations

from gateway.model.action import READ
from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.tokens import TEXT, Lexis
from gateway.shell.usage import START_SHELL, Effect, Start
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Reading
    from gateway.shell.languages.script.tokens import Token


def _on_name(reading: Reading, at: int, name: str) -> bool:
    """`require('./x')`, `import('./x')`, `import y from './x'`: a module with a path is a file that is read; a package
    is none.
    """
    if name not in ("require", "import", "from"):
        return False
    called = reading.mark(at + 1) == "("
    text, _ = reading.text(at + 2 if name != "from" and called else at + 1)
    if text is not None and text.startswith((".", "/", "file:")):
        reading.effects.append(Effect(READ, Value(text.removeprefix("file://"))))
    if name != "from" and called and reading.kind(at + 2) != TEXT:
        reading.hide(f"`{name}` of something that is only known when it runs")
    return True


def _on_text(reading: Reading, at: int, text: str) -> None:
    """Bun Shell and zx: a text behind the tag `$` is a command line."""
    if reading.mark(at - 1) == "$":
        reading.starts.append(Start(START_SHELL, code=Value(text)))


def _is_environment(tokens: list[Token], at: int) -> bool:
    """Whether `env` is all of `process.env`: not one variable of it, not taken apart (`{X} = …`), not what a program
    gets (`env: …`).
    """
    if tokens[at][1] != "env" or [text for _, text in tokens[max(at - 2, 0) : at]] != ["process", "."]:
        return False
    behind = [text for kind, text in tokens[at + 1 : at + 3] if kind != TEXT]
    if behind[:1] in (["["], ["?."], ["."]):
        return False
    left = [text for _, text in tokens[max(at - 10, 0) : at - 2]]
    if left[-3:] == [".", ".", "."]:
        left = left[:-4]  # the brace that it is spread into as well: `env: {...process.env, A: '1'}`
    return left[-2:] not in (["env", ":"], ["}", "="])


LANGUAGE = Language(
    "javascript",
    Lexis(comments=("//", "/*"), regex_literals=True, dollar_names=True),
    calls_table("""
exec execSync : shell
spawn spawnSync execFile execFileSync fork : argv
readFile readFileSync createReadStream readTextFile readTextFileSync readlinkSync openAsBlob : read
writeFile writeFileSync appendFile appendFileSync createWriteStream writeTextFile writeTextFileSync truncateSync : write
unlink unlinkSync rmdir rmdirSync : delete
rm rmSync removeSync emptyDirSync rimraf : deletetree
copyFile copyFileSync copySync : read+write@1
cp cpSync : tree+unpack@1
symlink symlinkSync : read+create@1
link linkSync : link+write@1
chmod chmodSync chown chownSync lchown lchownSync utimes utimesSync : change
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
openSync fs.open promises.open Deno.open : open
"""),
    # A constructor's constructor is `Function`; `process.binding` and `process.dlopen` reach what no module guards
    # (https://nodejs.org/api/process.html).
    opaque_calls=frozenset(
        "eval Function constructor binding dlopen runInThisContext runInNewContext runInContext Script".split()
    ),
    native_calls=frozenset(("binding", "dlopen")),
    computed_members=True,
    function_values=True,
    options_behind_command=True,  # child_process.exec(command[, options][, callback])
    listed_arguments=True,  # child_process.spawn(command[, args][, options])
    pipe_modes=(),
    typing_names=("stdin", "input"),
    value_ends=("(", "."),
    homes=spelled(
        "os . homedir ( )",
        "require ( os ) . homedir ( )",
        "require ( node:os ) . homedir ( )",
        "homedir ( )",
        "process . env . HOME",
    ),
    on_name=_on_name,
    on_text=_on_text,
    is_environment=_is_environment,
)
