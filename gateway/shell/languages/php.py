"""PHP by its calls: functions that are handed on by their names, includes, the environment. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN, WRITE
from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.tokens import TEXT, Lexis
from gateway.shell.programs.grammar import FILES
from gateway.shell.usage import Effect
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Reading
    from gateway.shell.languages.script.tokens import Token


def _on_text(reading: Reading, at: int, text: str) -> None:
    """A function that is handed on by its name: `array_map("unlink", …)` (php.net/manual, "Callables")."""
    if reading.mark(at - 1) not in ("(", ","):
        return
    does = reading.language.calls.get(text)
    if does in ("shell", "argv"):
        reading.hide(f"it hands `{text}` on")
    elif does in ("delete", "deletetree"):
        reading.effects.append(Effect(WRITE, Value(UNKNOWN), FILES[does][1]))


def _is_environment(tokens: list[Token], at: int) -> bool:
    """Whether `$_ENV` is taken as a whole."""
    return tokens[at][1] == "$_ENV" and [text for kind, text in tokens[at + 1 : at + 3] if kind != TEXT][:1] not in (
        ["["],
        ["?."],
        ["."],
    )


LANGUAGE = Language(
    "php",
    Lexis(
        comments=("//", "#", "/*"),
        not_comments=("#[",),  # an attribute, since PHP 8.0
        raw_quotes=True,
        interpolation=("$", "${"),
        backtick_commands=True,
    ),
    calls_table("""
system exec shell_exec passthru popen proc_open pcntl_exec : shell
file_get_contents readfile file parse_ini_file show_source highlight_file simplexml_load_file : file
include include_once require require_once : code
fopen : open
file_put_contents touch : write
unlink rmdir : delete
copy : read+write@1
symlink : read+create@1
link : link+write@1
chmod chown : change
rename : read+delete+write@1
scandir opendir glob : list
mkdir : create
curl_init get_headers : url
fsockopen pfsockopen stream_socket_client : host
socket_connect : peer
socket_create_listen socket_listen stream_socket_server : listen
"""),
    # assert() runs text before PHP 8.0
    opaque_calls=frozenset("eval assert create_function call_user_func call_user_func_array".split()),
    statements=frozenset("include include_once require require_once".split()),
    bare_evaluation=True,
    computed_members=True,
    variable_calls=True,
    options_behind_command=True,
    typing_names=("fwrite",),
    joins=(".",),
    homes=spelled("getenv ( HOME )", "$_SERVER [ HOME ]", "$_ENV [ HOME ]"),
    on_text=_on_text,
    is_environment=_is_environment,
)
