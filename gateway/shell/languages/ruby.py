"""Ruby by its calls: percent literals, `Dir[…]`, options behind arguments, the environment. Pure."""

from __future__ import annotations

from gateway.model.action import LIST, READ
from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.tokens import COMMAND, NAME, TEXT, Lexis, delimited, interpolated, is_value
from gateway.shell.usage import Effect
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Reading
    from gateway.shell.languages.script.tokens import Token

_WHOLE = frozenset("to_h to_a each each_pair map inspect to_s values filter select to_hash".split())
"""Methods of the environment that give more than one variable."""


def _percent_literal(code: str, at: int, out: list[Token]) -> int:
    """Read `%x(…)`, `%q(…)`, `%Q(…)`, `%w(…)`, `%(…)` (docs.ruby-lang.org, "Literals"); see `Lexis.mark_literal`."""
    kind = code[at + 1 : at + 2]
    if code[at] != "%" or kind not in ("x", "q", "Q", "w", "(") or is_value(out):
        return 0
    text, end = delimited(code, at + 1 if kind == "(" else at + 2)
    if end >= 0:
        out.append((COMMAND if kind == "x" else TEXT, text if kind == "q" else interpolated(_LEXIS, text)))
    return end


def _on_name(reading: Reading, at: int, name: str) -> bool:
    """`Dir["*.pem"]` lists files."""
    if name != "Dir" or reading.mark(at + 1) != "[" or reading.kind(at + 2) != TEXT:
        return False
    reading.effects.append(Effect(READ, Value(reading.tokens[at + 2][1]), (LIST,)))
    return True


def _options(reading: Reading, at: int, last: int) -> int:
    """Return where the options begin behind the arguments of a call: `in: socket`, `[:in, :out] => socket`; `last`
    where there are none.
    """
    depth, first = 0, at
    for place in range(at, last):
        mark = reading.mark(place)
        depth += (mark in ("(", "[", "{")) - (mark in (")", "]", "}"))
        if depth < 0:
            break
        if not depth and mark == ",":
            first = place + 1
        elif not depth and (mark == "=>" or (mark == ":" and place == first + 1 and reading.kind(first) == NAME)):
            return first
    return last


def _is_environment(tokens: list[Token], at: int) -> bool:
    """Whether `ENV` is handed on as a whole, or asked for more than one of its variables."""
    if tokens[at][1] != "ENV":
        return False
    behind = [text for kind, text in tokens[at + 1 : at + 3] if kind != TEXT]
    if behind[:1] in (["["], ["?."]):
        return False
    return behind[:1] != ["."] or (behind[1:] != [] and behind[1] in _WHOLE)


_LEXIS = Lexis(
    raw_quotes=True, interpolation=("#{",), backtick_commands=True, regex_literals=True, mark_literal=_percent_literal
)
LANGUAGE = Language(
    "ruby",
    _LEXIS,
    calls_table("""
system exec spawn popen capture2 capture2e capture3 popen3 IO.popen : shell
open File.open File.new IO.open : open
File.read IO.read File.readlines IO.readlines File.binread File.foreach YAML.load_file JSON.load_file CSV.read load : file
File.write IO.write File.binwrite IO.binwrite : write
File.delete File.unlink Dir.rmdir FileUtils.rm : delete
rm_rf rm_r remove_dir FileUtils.rm_rf FileUtils.rm_r remove_entry remove_entry_secure : deletetree
FileUtils.cp FileUtils.copy FileUtils.copy_file FileUtils.install : read+write@1
FileUtils.cp_r FileUtils.copy_entry : tree+unpack@1
File.symlink FileUtils.ln_s FileUtils.ln_sf FileUtils.symlink : read+create@1
File.link FileUtils.ln FileUtils.ln_f FileUtils.link : link+write@1
File.truncate : write
File.chmod FileUtils.chmod : change@1
FileUtils.mv File.rename : read+delete+write@1
Dir.glob Dir.entries Dir.children Dir.foreach : list
Net::HTTP.get Net.get HTTP.get HTTP.post HTTP.get_response URI.open URI URI.parse HTTParty.get HTTParty.post : url
TCPSocket.new TCPSocket.open Socket.tcp : host
TCPServer.new TCPServer.open : listen
"""),
    opaque_calls=frozenset(
        "eval instance_eval class_eval send __send__ public_send const_get method instance_exec syscall".split()
    ),
    bare_calls=True,
    bare_evaluation=True,
    evaluation_blocks=True,
    homes=spelled("Dir . home", "ENV [ HOME ]", "ENV . fetch ( HOME )"),
    expanded=spelled("File . expand_path ("),
    on_name=_on_name,
    arguments_end=_options,
    is_environment=_is_environment,
)
