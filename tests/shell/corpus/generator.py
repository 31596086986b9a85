"""A grammar of bash that makes scripts from a seed: they end, stay in their folder, and run only what a sandbox offers."""

from __future__ import annotations

import random

PROGRAMS = tuple(f"p{number}" for number in range(9))
NAMES = ("X", "Y", "Z")
FUNCTIONS = ("f", "g")
MAX_DEPTH = 4


class Maker:
    """Makes one script; the same seed makes the same one."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.depth = 0
        self.functions: list[str] = []
        self.inside = 0

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def script(self) -> str:
        """A whole script: lines of lists."""
        lines = [self.line() for _ in range(self.random.choice((1, 1, 1, 2, 2, 3)))]
        return "\n".join(lines)

    def line(self) -> str:
        parts = [self.pipeline() for _ in range(self.random.choice((1, 1, 1, 1, 2, 2, 3)))]
        out = parts[0]
        for part in parts[1:]:
            out += self.one(" && ", " || ", "; ", " &&\n", " & ") + part
        return out + self.one("", "", "", ";", " # it's a comment")

    def body(self) -> str:
        self.depth += 1
        out = self.line() if self.depth < MAX_DEPTH else self.program()
        self.depth -= 1
        return out.partition(" #")[0].rstrip(";") if " #" in out else out.rstrip(";")

    def pipeline(self) -> str:
        out = self.command()
        for _ in range(self.random.choice((0, 0, 0, 0, 1, 1, 2))):
            out += self.one(" | ", " |\n", "|") + self.reader()
        return out

    def reader(self) -> str:
        """A command that reads what is piped into it."""
        return self.one("cat", "sh", "bash", f"xargs {self.program_name()}", "xargs", f"while read -r {self.one(*NAMES)}; do {self.body()}; done",
                        "{ read Z; $Z a; }", f"tee {self.file()}", "cat -", f"xargs -n1 {self.program_name()}", f"xargs -I% {self.program_name()} %",
                        "xargs sh -c '\"$@\"' _", "tr a-o b-p", "rev", f"{self.program_name()} -")  # fmt: skip

    def command(self) -> str:
        if self.depth >= MAX_DEPTH:
            return self.program()
        self.depth += 1
        kind = self.random.randrange(100)
        if kind < 58:
            out = self.simple()
        elif kind < 68:
            out = self.wrapped()
        else:
            out = self.compound()
        self.depth -= 1
        return out

    def program_name(self) -> str:
        return self.random.choice(PROGRAMS)

    def program(self) -> str:
        return f"{self.program_name()} {self.literal()}"

    def simple(self) -> str:
        kind = self.random.randrange(100)
        if kind < 40:
            out = " ".join([self.name_of_program(), *(self.word() for _ in range(self.random.randrange(4)))])
            if self.chance(15):
                out = f"{self.assignment()} {out}"
            return out + self.redirect()
        if kind < 58:
            return self.assignment()
        if kind < 76:
            return self.builtin()
        if kind < 90:
            return self.printing() + self.redirect()
        return self.document()

    def name_of_program(self) -> str:
        name = self.program_name()
        forms = [name, name, name, f"'{name}'", f'"{name}"', f"\\{name}", f"{name[0]}'{name[1]}'", f"{name[0]}\\{name[1]}", f"$'\\x70{name[1]}'",
                 f"$(echo {name})", f"`echo {name}`", "$X", '"$Y"', "${Z:-" + name + "}", "${A[0]}", f"{name[0]}${{U}}{name[1]}", f"${{U:-{name}}}",
                 "$(p8)", f"$(printf %s {name})", f"{name[0]}\\\n{name[1]}"]  # fmt: skip
        if self.functions and self.chance(25):
            return self.random.choice(self.functions)
        return self.random.choice(forms)

    def literal(self) -> str:
        return self.one("a", "b", "-x", "c d".replace(" ", "\\ "), "'e f'", '"g h"', "1", "--long=v", "a.txt", "./s", "@", "''", '""')

    def word(self) -> str:
        if self.depth >= MAX_DEPTH or self.chance(45):
            return self.literal()
        self.depth += 1
        inner = self.body()
        out = self.one(f"$({inner})", f'"$({inner})"', "$X", '"$X$Y"', "${X}b", "${Y:-b}", '"${Z:=d}"', "$((1 + 2))", "{a,b}", "x{1..3}", "*.txt", "~",
                       "$'a\\tb'", '$"loc"', "$1", '"$@"', "$#", "${#X}", "${X%?}", "${X#a}", "${X//a/b}", "${A[@]}", '"${A[*]}"', "a$(echo b)c", "$?",
                       f"<({self.program()})", "[ab]*", "`echo i`", '"`echo j k`"', "${X^^}", "${X:0:1}")  # fmt: skip
        self.depth -= 1
        return out

    def assignment(self) -> str:
        name = self.one(*NAMES)
        value = self.one(self.program_name(), self.program_name(), "a", "'b c'", f'"{self.program_name()} d"', f"$(echo {self.program_name()})", "$Y", "${X}1",
                         "$(p7)", f"(a {self.program_name()})", "", "$((3*2))", f"`printf '%s' {self.program_name()}`")  # fmt: skip
        if value.startswith("("):
            return f"A={value}"
        return f"{name}{self.one('=', '=', '=', '+=')}{value}"

    def builtin(self) -> str:
        program = self.program()
        return self.one(f"eval '{self.program_name()} k'", f'eval "{self.program_name()}" l', "eval \"$X m\"", f"command {program}", f"builtin echo {self.literal()}",
                        f"set -- {self.program_name()} n", "shift", '"$@"', "$1 o", f"export {self.one(*NAMES)}={self.program_name()}", f"unset {self.one(*NAMES)}",
                        f"read {self.one(*NAMES)} <<< {self.program_name()}", f"printf -v {self.one(*NAMES)} {self.program_name()}", "test -f a.txt", "[ -n \"$X\" ]",
                        f"trap '{self.program_name()} t' EXIT", "cd d", "pwd", f"declare {self.one(*NAMES)}={self.program_name()}", "true", "false", ":", "return 2>/dev/null",
                        f"mapfile -t A <<< {self.program_name()}", "local X=b 2>/dev/null", "let X=3", "IFS=,", "set -f", f". ./{self.file()} 2>/dev/null",
                        f"sh {self.file()}", f"(exec {program})", f"readonly R={self.program_name()}", f"alias q={self.program_name()}", "hash -r", "type p1")  # fmt: skip

    def printing(self) -> str:
        text = self.one(
            self.program_name() + " u",
            "'" + self.program_name() + " v'",
            f'"{self.program_name()}; {self.program_name()} w"',
            "$X",
            '"$X y"',
            "-n a",
            self.literal(),
        )
        return self.one(f"echo {text}", f"printf '%s\\n' {text}", f"cat {self.file()} 2>/dev/null", f"printf '{self.program_name()} %s\\n' z", f"cat <<< {text}")  # fmt: skip

    def file(self) -> str:
        return self.one("s", "t", "a.txt")

    def redirect(self) -> str:
        if self.chance(70):
            return ""
        return self.one(f" > {self.file()}", f" >> {self.file()}", " 2>/dev/null", " > /dev/null", " 2>&1", " < a.txt", " <<< word", " &> t", " >| s",
                        f" {{fd}}> {self.file()}", " 3>&1", f" 2> {self.file()}")  # fmt: skip

    def document(self) -> str:
        """A here-document; the line it stands on ends with it."""
        program, quoted = self.one("cat", "sh", "bash", "cat | sh", "p3"), self.chance(40)
        lines = [
            self.one(self.program(), "$X e", f"$({self.program()})", "a 'b", "\\$X", f"`{self.program()}`") for _ in range(self.random.randint(1, 2))
        ]
        dash = self.one("", "-")
        return (
            f"{program} <<{dash}{repr('EOF') if quoted else 'EOF'}".replace("cat | sh <<", "cat <<").replace("EOF'", "EOF'")
            + "\n"
            + "\n".join(lines)
            + "\nEOF\n"
            + self.program()
        )

    def wrapped(self) -> str:
        inner = self.program()
        return self.one(f"env {inner}", f"env V=1 {inner}", f"nice -n 5 {inner}", f"timeout 5 {inner}", f"nohup {inner} 2>/dev/null", f"sh -c '{inner.replace(chr(39), '')}'",
                        f'bash -c "{inner.replace(chr(34), "")}"', f"env sh -c '{self.program_name()} \"$1\"' _ r", f"xargs {inner} < /dev/null", f"time {inner}", f"! {inner}",
                        f"stdbuf -o0 {inner}", f"setsid -w {inner}", f"find . -maxdepth 1 -name a.txt -exec {self.program_name()} {{}} \\;", f"env -u V {inner}",
                        f"bash -c '$0 a' {self.program_name()}", f"coproc {inner}", "sh -c '$X b'", f"X={self.program_name()} sh -c '$X c'", "export X; bash -c '$X d'")  # fmt: skip

    def compound(self) -> str:
        body, other = self.body(), self.body()
        name = self.one(*NAMES)
        kind = self.random.randrange(13)
        if kind == 0:
            return f"if {self.one('true', 'false', body)}; then {other}; else {body}; fi"
        if kind == 1:
            return f"for {name} in {self.program_name()} {self.one('a', '$X', '{b,c}', '$(echo d e)')}; do {body}; {self.one('$' + name, ':', 'break')}; done"
        if kind == 2:
            return f"case $X in {self.one('a', 'p*', '*')}) {body};; *) {other};; esac"
        if kind == 3:
            return f"( {body} )"
        if kind == 4:
            return f"{{ {body}; {other}; }}"
        if kind == 5 and not self.inside:
            self.inside += 1
            function = self.one(*FUNCTIONS)
            inner = self.body()
            self.inside -= 1
            self.functions = []  # functions that call each other may never end
            out = f"{function}() {{ {inner.replace(function + ' ', 'p6 ')}; }}"
            self.functions = [function]
            return out
        if kind == 6:
            return f"while {self.one('false', 'read -r ' + name)}; do {body}; done < a.txt"
        if kind == 7:
            return f"until true; do {body}; done"
        if kind == 8:
            return f"[[ {self.one('-n $X', '$X == p*', '$Y =~ ^a', '-f a.txt', '! -e b')} ]] && {body}"
        if kind == 9:
            return f"(( {self.one('1', '0', 'X = 2', '1 + $(echo 3)')} )) && {body}"
        if kind == 10:
            return f"for ((i = 0; i < 2; i++)); do {body}; done"
        if kind == 11:
            return f'if [ -z "$X" ]; then X={self.program_name()}; fi; $X {self.literal()}'
        return f"{{ {body}; }} > {self.file()}; {self.one('sh', 'cat', 'bash')} {self.file()}"
