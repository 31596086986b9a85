"""Interpreters as data: their language and which options take code, files or plain values."""

from __future__ import annotations

from gateway.model.record import Record


class Language(Record):
    """How an interpreter takes its code.

    language  name that inline readers know it by
    options   option specification (see `gateway.shell.programs.grammar`)
    module    the option that names a module to run, or ""
    verbs     first operand -> "file", "code", "argv", "runner" or "" (what it takes)
    words     options are words after a single dash
    """

    __slots__ = ("language", "module", "options", "verbs", "words")

    def __init__(self, language: str, options: str = "", *, module: str = "", verbs: dict[str, str] | None = None, words: bool = False) -> None:
        self.language = language
        self.options = options
        self.module = module
        self.verbs = verbs or {}
        self.words = words


_PYTHON = Language("python", "-c=code:python -m=text -W=text -X=text -Q=text --check-hash-based-pycs=text", module="-m")
_NODE = Language(
    "javascript",
    "-e=code:javascript --eval=code:javascript -p=code:javascript --print=code:javascript -r=script:javascript --require=script:javascript"
    " --import=script:javascript --loader=script:javascript --experimental-loader=script:javascript -C=text --conditions=text --env-file=read"
    " --title=text --input-type=text --test-name-pattern=text --test-reporter=text --test-reporter-destination=write",
)
_TSX = Language("javascript", _NODE.options, verbs={"watch": "file"})
_DENO = Language(
    "javascript",
    "-c=read --config=read --import-map=read -A=?text --lock=write --cert=read",
    verbs={"run": "file", "eval": "code", "test": "runner", "task": "runner", "serve": "file", "x": "argv", "compile": "file"}
    | dict.fromkeys(("fmt", "lint", "check", "doc", "info", "cache", "bench", "install", "add", "upgrade", "types", "repl"), ""),
)
_BUN = Language(
    "javascript",
    "-e=code:javascript --eval=code:javascript -p=code:javascript --print=code:javascript -r=script:javascript --preload=script:javascript --env-file=read --cwd=text -c=read --config=read",
    verbs={"x": "argv", "run": "runner", "test": "runner", "exec": "code"}
    | dict.fromkeys(
        ("install", "i", "add", "remove", "rm", "update", "link", "pm", "init", "create", "build", "upgrade", "ci", "outdated", "publish"),
        "",
    ),
)
_PERL = Language(
    "perl", "-e=code:perl -E=code:perl -I=text -M=?text -m=?text -F=?text -i=?text -C=?text -D=?text -x=?text -0=?text -l=?text -V=?text"
)
_RUBY = Language(
    "ruby", "-e=code:ruby -I=text -r=text -C=text -F=?text -E=text -i=?text -K=?text -T=?text -W=?text -x=?text -0=?text --encoding=text"
)
_PHP = Language(
    "php",
    "-r=code:php -B=code:php -R=code:php -E=code:php -f=script:php -F=script:php -c=read -d=text -z=read -S=text -t=text --run=code:php --define=text",
)
_LUA = Language("lua", "-e=code:lua -l=text")
_APPLE = Language("applescript", "-e=code:applescript -l=text -s=text")
_R = Language("r", "-e=code:r -f=script:r --file=script:r --args=text -d=text -g=text")
_JULIA = Language(
    "julia",
    "-e=code:julia -E=code:julia --eval=code:julia --print=code:julia -L=script:julia -J=read -p=text -t=text -C=text --project=?text --threads=text",
)
_JAVA = Language(
    "java",
    "-jar=script:java -cp=text -classpath=text --class-path=text -p=text --module-path=text --add-modules=text -agentpath=text -m=text",
    words=True,
)
_ELIXIR = Language("elixir", "-e=code:elixir --eval=code:elixir -r=script:elixir -S=text -pa=text")
_GROOVY = Language("groovy", "-e=code:groovy -cp=text")
_SCALA = Language("scala", "-e=code:scala -cp=text")
_POWERSHELL = Language(
    "powershell",
    "-c=code:powershell -Command=code:powershell -command=code:powershell -f=script:powershell -File=script:powershell -file=script:powershell"
    " -EncodedCommand=code:powershell-encoded -enc=code:powershell-encoded -e=code:powershell-encoded -ec=code:powershell-encoded"
    " -ExecutionPolicy=text -ep=text -ex=text -WindowStyle=text -w=text -Version=text -WorkingDirectory=text -wd=text -ConfigurationName=text",
    words=True,
)

LANGUAGES = {
    "python": _PYTHON,
    "python2": _PYTHON,
    "python3": _PYTHON,
    "pypy": _PYTHON,
    "ipython": _PYTHON,
    "node": _NODE,
    "nodejs": _NODE,
    "tsx": _TSX,
    "ts-node": _TSX,
    "deno": _DENO,
    "bun": _BUN,
    "perl": _PERL,
    "ruby": _RUBY,
    "irb": _RUBY,
    "php": _PHP,
    "lua": _LUA,
    "luajit": _LUA,
    "tclsh": Language("tcl"),
    "osascript": _APPLE,
    "r": _R,
    "rscript": _R,
    "julia": _JULIA,
    "java": _JAVA,
    "kotlin": Language("kotlin", "-e=code:kotlin -cp=text"),
    "groovy": _GROOVY,
    "scala": _SCALA,
    "elixir": _ELIXIR,
    "jrunscript": Language("javascript", "-e=code:javascript -f=script:javascript -l=text -cp=text -classpath=text"),
    "pwsh": _POWERSHELL,
    "powershell": _POWERSHELL,
}
"""Program -> how it takes its code."""
