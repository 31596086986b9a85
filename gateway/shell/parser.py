"""The grammar of bash commands: text in, a tree or an error with its place out. Pure and total.

Follows bash(1), SHELL GRAMMAR, as GNU bash 5.2 reads a script: line by line, so that what stands before an error may have run.
"""

from __future__ import annotations

from gateway.shell.scanner import BLANK, META, Scanner, ShellError, is_name
from gateway.shell.tree import (
    Arithmetic,
    Assignment,
    Case,
    Condition,
    Coproc,
    For,
    Function,
    Group,
    If,
    Literal,
    Loop,
    Pipeline,
    Redirect,
    Script,
    Simple,
    Subshell,
    Word,
)

MAX_TEXT = 200_000
"""Longest text that is read, in characters."""
MAX_COMMANDS = 20_000
"""Most commands in one text."""

RESERVED = frozenset("if then elif else fi for while until do done case esac in function select time { } ! [[ ]] coproc".split())
_CLOSERS = frozenset(("then", "elif", "else", "fi", "do", "done", "esac", "}", "in"))
_REDIRECTS = ("<<<", "<<-", "&>>", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "<", ">")
_DECLARERS = frozenset("declare typeset local export readonly alias eval".split())
_AFTER = frozenset((";", "&", "\n"))

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.tree import Node


def parse(text: str) -> Script:
    """Return the tree of a shell text; `error` tells why it could not be read to its end. Never raises."""
    if len(text) > MAX_TEXT:
        script = Script()
        script.error, script.error_at = f"longer than {MAX_TEXT} characters", 0
        return script
    return Parser(text).whole()


class Parser(Scanner):
    """Reads commands; one instance per text."""

    def __init__(self, text: str, depth: int = 0) -> None:
        super().__init__(text, depth)
        self.count = 0

    def whole(self) -> Script:
        """Read the whole text; an error ends it and is kept."""
        script = Script()
        try:
            self.items(script, frozenset(), "")
            if self.at < self.size:
                raise ShellError(f"`{self.text[self.at]}` is not expected here", self.at)
        except ShellError as error:
            script.error, script.error_at = error.problem, error.at
        except RecursionError:
            script.error, script.error_at = "nested too deeply", self.at
        return script

    def nested(self, text: str) -> Script:
        """Read a text of its own; an error in it is an error of ours, later, when it would run."""
        return Parser(text, self.depth).whole()

    def script_until(self, close: str) -> Script:
        """Read commands until a closing character, and pass it."""
        start = self.at
        script = Script()
        self.items(script, frozenset(), close)
        if not self.text.startswith(close, self.at):
            raise ShellError(f"`{close}` is missing", start)
        self.at += len(close)
        return script

    def body_until(self, *closers: str) -> Script:
        """Read the commands of a compound command until a reserved word, which stays; empty ones are an error."""
        script = Script()
        self.items(script, frozenset(closers), "")
        if not script.items:
            raise ShellError("a command is missing", self.at)
        return script

    def items(self, script: Script, closers: frozenset[str], close: str) -> None:
        """Read pipelines and what joins them until a closing word or character."""
        need = False
        while True:
            self.skip_blanks()
            if self.newline():
                continue
            if self.at >= self.size:
                break
            if not need and ((close and self.text.startswith(close, self.at)) or self.text.startswith((";;", ";&"), self.at)):
                return
            word = self.peek_word()
            if word in closers and not need:
                return
            if word in _CLOSERS and word not in closers:
                raise ShellError(f"`{word}` is not expected here", self.at)
            self.count += 1
            if self.count > MAX_COMMANDS:
                raise ShellError(f"more than {MAX_COMMANDS} commands", self.at)
            pipeline = self.pipeline()
            joint = self.joint()
            script.items.append((pipeline, joint))
            need = joint in ("&&", "||")
            if joint == "":
                return
        if need:
            raise ShellError("a command is missing", self.at)

    def newline(self) -> bool:
        """Pass a newline and the here-documents behind it."""
        if not self.text.startswith("\n", self.at):
            return False
        self.at += 1
        if self.pending:
            self.here_document()
        return True

    def joint(self) -> str:
        """Read what stands behind a pipeline: `&&`, `||`, `;`, `&`, a newline, or nothing that goes on here."""
        self.skip_blanks()
        text = self.text
        for token in ("&&", "||"):
            if text.startswith(token, self.at):
                self.at += 2
                return token
        if text.startswith(";;", self.at) or text.startswith(";&", self.at):
            return ""
        char = text[self.at] if self.at < self.size else ""
        if char and char in ";&":
            self.at += 1
            return char
        if self.newline():
            return "\n"
        return ""

    def peek_word(self) -> str:
        """Return the unquoted word at hand without passing it, "" when there is none."""
        text = self.text
        end = self.at
        while end < self.size and text[end] not in META:
            if text[end] in "'\"\\$`":
                return ""
            end += 1
        return text[self.at : end]

    def pipeline(self) -> Pipeline:
        """Read `[time [-p]] [!] command [| command …]`."""
        while True:
            self.skip_blanks()
            word = self.peek_word()
            if word == "!" or word == "time":
                self.at += len(word)
                self.skip_blanks()
                while word == "time" and self.peek_word() in ("-p", "--"):
                    self.at += 2
                    self.skip_blanks()
                if self.at >= self.size or self.text[self.at] in ";\n&|)":
                    return Pipeline([], [])
                continue
            break
        commands: list[Node] = []
        merged: list[bool] = []
        while True:
            commands.append(self.command())
            self.skip_blanks()
            if self.text.startswith("|", self.at) and not self.text.startswith("||", self.at):
                both = self.text.startswith("|&", self.at)
                self.at += 2 if both else 1
                merged.append(both)
                self.skip_blanks()
                while self.newline():
                    self.skip_blanks()
                if self.at >= self.size:
                    raise ShellError("a command is missing behind `|`", self.at)
                if self.peek_word() in ("!", "time") and self.peek_word() == "!":
                    raise ShellError("`!` is not expected here", self.at)
            else:
                merged.append(False)
                return Pipeline(commands, merged)

    def command(self) -> Node:
        """Read one command of any kind."""
        self.skip_blanks()
        start = self.at
        self.deeper()
        char = self.text[start] if start < self.size else ""
        node: Node
        if char == "(":
            node = self.parenthesis(start)
        else:
            reader = _COMPOUNDS.get(self.peek_word())
            found = reader(self, start) if reader else self.function_or_simple(start)
            node = found
        if not isinstance(node, Simple):
            if not isinstance(node, Function | Coproc):
                node.redirects += self.redirects()  # type: ignore[union-attr]
            node.end = self.at  # type: ignore[union-attr]
            self.ends_here()
        self.depth -= 1
        return node

    def ends_here(self) -> None:
        """Refuse a word right behind a compound command."""
        self.skip_blanks()
        if self.at < self.size and self.text[self.at] not in ";&|)\n" and self.peek_word() not in _CLOSERS - {"in"}:
            raise ShellError("a command has to end here", self.at)

    def parenthesis(self, start: int) -> Node:
        """Read `((…))` or `(…)`."""
        if self.text.startswith("((", start) and start not in self.no_arithmetic:
            parts = self.arithmetic(start + 2)
            if parts is not None:
                return Arithmetic(parts, start, self.at)
            self.no_arithmetic.add(start)
        self.at = start + 1
        script = self.script_until(")")
        if not script.items:
            raise ShellError("a command is missing", start)
        return Subshell(start, script)

    def group(self, start: int) -> Group:
        """Read `{ …; }`."""
        self.at += 1
        body = self.body_until("}")
        self.expect("}")
        return Group(start, body)

    def expect(self, word: str) -> None:
        """Pass a reserved word."""
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()
        if self.peek_word() != word:
            raise ShellError(f"`{word}` is missing", self.at)
        self.at += len(word)

    def if_command(self, start: int) -> If:
        """Read `if … then … [elif … then …] [else …] fi`."""
        scripts: list[Script] = []
        self.at += 2
        while True:
            scripts.append(self.body_until("then"))
            self.expect("then")
            scripts.append(self.body_until("elif", "else", "fi"))
            word = self.peek_word()
            if not word:
                raise ShellError("`fi` is missing", self.at)
            self.at += len(word)
            if word == "else":
                scripts.append(self.body_until("fi"))
                self.expect("fi")
            if word in ("else", "fi"):
                return If(start, scripts)

    def loop(self, start: int) -> Loop:
        """Read `while … do … done` and `until … do … done`."""
        self.at += 5
        condition = self.body_until("do")
        return Loop(start, condition, self.do_body())

    def do_body(self) -> Script:
        """Read `do … done`."""
        self.expect("do")
        body = self.body_until("done")
        self.expect("done")
        return body

    def for_command(self, start: int) -> For:
        """Read `for name [in words]`, `for ((…))` and `select`."""
        self.at += len(self.peek_word())
        self.skip_blanks()
        if self.text.startswith("((", self.at):
            header = self.arithmetic(self.at + 2)
            if header is None:
                raise ShellError("`))` is missing", self.at)
            self.semicolon()
            return For(start, "", [], self.for_body(), header)
        name = self.peek_word()
        if not name or (not is_name(name) and any(char in "'\"$`\\" for char in name)):
            raise ShellError("a name is missing", self.at)
        self.at += len(name)
        words = self.for_words()
        return For(start, name, words, self.for_body())

    def for_words(self) -> list[Word] | None:
        """Read `in words` up to the end of the line."""
        self.skip_blanks()
        if self.text.startswith(";", self.at):
            self.semicolon()
            return None
        while self.newline():
            self.skip_blanks()
        if self.peek_word() != "in":
            return None
        self.at += 2
        words: list[Word] = []
        while True:
            self.skip_blanks()
            word = self.word()
            if word is None:
                break
            words.append(word)
        if self.at < self.size and self.text[self.at] not in ";\n":
            raise ShellError("`do` is missing", self.at)
        self.semicolon()
        return words

    def semicolon(self) -> None:
        """Pass one `;` and any newlines."""
        self.skip_blanks()
        if self.text.startswith(";", self.at) and not self.text.startswith(";;", self.at):
            self.at += 1
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()

    def for_body(self) -> Script:
        """Read `do … done`, or the braces that bash takes instead."""
        if self.peek_word() == "{":
            self.at += 1
            body = self.body_until("}")
            self.expect("}")
            return body
        return self.do_body()

    def case_command(self, start: int) -> Case:
        """Read `case word in [(] pattern [| pattern] ) … ;; … esac`."""
        self.at += 4
        self.skip_blanks()
        word = self.word()
        if word is None:
            raise ShellError("a word is missing behind `case`", self.at)
        self.expect("in")
        branches: list[tuple[list[Word], Script]] = []
        while True:
            self.skip_blanks()
            if self.newline():
                continue
            if self.at >= self.size:
                raise ShellError("`esac` is missing", start)
            if self.peek_word() == "esac":
                self.at += 4
                return Case(start, word, branches)
            branches.append((self.patterns(), self.branch()))

    def patterns(self) -> list[Word]:
        """Read the patterns of one branch and the parenthesis behind them."""
        if self.text.startswith("(", self.at):
            self.at += 1
        found: list[Word] = []
        while True:
            self.skip_blanks()
            word = self.word()
            if word is None:
                raise ShellError("a pattern is missing", self.at)
            found.append(word)
            self.skip_blanks()
            if self.text.startswith("|", self.at):
                self.at += 1
            elif self.text.startswith(")", self.at):
                self.at += 1
                return found
            else:
                raise ShellError("`)` is missing behind a pattern", self.at)

    def branch(self) -> Script:
        """Read the commands of one branch and what ends it."""
        script = Script()
        while True:
            self.items(script, frozenset(("esac",)), "")
            self.skip_blanks()
            for token in (";;&", ";;", ";&"):
                if self.text.startswith(token, self.at):
                    self.at += len(token)
                    return script
            if self.peek_word() == "esac":
                return script
            raise ShellError("`;;` or `esac` is missing", self.at)

    def function_word(self, start: int) -> Function:
        """Read `function name [()] body`."""
        self.at += 8
        self.skip_blanks()
        word = self.word()
        if word is None:
            raise ShellError("a name is missing", self.at)
        self.skip_blanks()
        if self.text.startswith("(", self.at):
            self.at += 1
            self.skip_blanks()
            if not self.text.startswith(")", self.at):
                raise ShellError("`)` is missing", self.at)
            self.at += 1
        return self.function_body(start, self.text[word.start : word.end])

    def function_body(self, start: int, name: str) -> Function:
        """Read the compound command of a function."""
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()
        if self.at >= self.size or not (self.text[self.at] == "(" or self.peek_word() in _BODIES):
            raise ShellError("a function needs a compound command", self.at)
        return Function(start, name, self.command())

    def coproc(self, start: int) -> Coproc:
        """Read `coproc [NAME] command`."""
        self.at += 6
        self.skip_blanks()
        before = self.at
        name = self.peek_word()
        if is_name(name) and name not in RESERVED:
            self.at += len(name)
            self.skip_blanks()
            if self.at < self.size and (self.text[self.at] == "(" or self.peek_word() in _BODIES):
                return Coproc(start, self.command())
            self.at = before
        if self.at >= self.size or self.text[self.at] in ";\n&|)":
            raise ShellError("a command is missing behind `coproc`", self.at)
        return Coproc(start, self.command())

    def condition(self, start: int) -> Condition:
        """Read `[[ … ]]`."""
        self.at += 2
        words: list[Word] = []
        level = 0
        operands = 0
        while True:
            self.skip_blanks()
            if self.text.startswith("\n", self.at):
                self.newline()
                continue
            if self.at >= self.size:
                raise ShellError("`]]` is missing", start)
            if self.peek_word() == "]]" and level == 0:
                self.at += 2
                return Condition(start, words)
            token = next((one for one in ("&&", "||", "<(", ">(", "(", ")", "<", ">") if self.text.startswith(one, self.at)), "")
            if token and token not in ("<(", ">("):
                level += (token == "(") - (token == ")")
                if level < 0 or (token in ("&&", "||") and not operands):
                    raise ShellError(f"`{token}` is not expected here", self.at)
                operands = 0 if token in ("&&", "||") else operands
                self.at += len(token)
                continue
            operands += 1
            words.append(self.condition_word(words))

    def condition_word(self, words: list[Word]) -> Word:
        """Read one operand; behind `=~` parentheses and bars belong to it, behind `==` extended patterns do."""
        start = self.at
        last = self.text[words[-1].start : words[-1].end] if words else ""
        parts: list[Node] = []
        if last == "=~":
            self.regex(parts)
        else:
            before, self.extglob = self.extglob, self.extglob or last in ("==", "=", "!=")
            self.parts_until(parts, META)
            self.extglob = before
        if self.at == start:
            raise ShellError(f"`{self.text[start]}` is not expected here", start)
        return Word(parts, start, self.at)

    def regex(self, parts: list[Node]) -> None:
        """Read the right side of `=~`."""
        level = 0
        while self.at < self.size:
            char = self.text[self.at]
            if char in "()":
                level += 1 if char == "(" else -1
                if level < 0:
                    return
            elif char in "\n;&" or (char in BLANK and level == 0):
                return
            elif char not in "|<> \t":
                self.parts_until(parts, META)
                continue
            parts.append(Literal(char, quoted=True))
            self.at += 1

    def function_or_simple(self, start: int) -> Node:
        """Read `name () body` or a simple command."""
        name = self.peek_word()
        if name:
            after = start + len(name)
            while after < self.size and self.text[after] in BLANK:
                after += 1
            if self.text.startswith("(", after) and "=" not in name:
                close = after + 1
                while close < self.size and self.text[close] in BLANK:
                    close += 1
                if self.text.startswith(")", close):
                    self.at = close + 1
                    return self.function_body(start, name)
        return self.simple(start)

    def odd_function(self, start: int, word: Word) -> Function:
        """Read a function whose name is quoted or expanded; bash takes the first and refuses the second when it runs."""
        self.at += 1
        self.skip_blanks()
        if not self.text.startswith(")", self.at):
            raise ShellError("`(` is not expected here", self.at)
        self.at += 1
        return self.function_body(start, unquoted(word))

    def simple(self, start: int) -> Simple | Function:
        """Read assignments, words and redirections up to the end of the command."""
        node = Simple(start)
        declares = False
        while True:
            self.skip_blanks()
            redirect = self.redirect()
            if redirect is not None:
                node.redirects.append(redirect)
                continue
            assignment = self.assignment() if not node.words or declares else None
            if assignment is not None:
                (node.words if declares else node.assignments).append(assignment)  # type: ignore[arg-type]
                continue
            word = self.word()
            if word is None:
                break
            if not node.words:
                declares = self.text[word.start : word.end] in _DECLARERS
                if self.text.startswith("(", self.at) and not node.assignments and not node.redirects:
                    return self.odd_function(start, word)
            node.words.append(word)
        if not node.words and not node.assignments and not node.redirects:
            found = self.text[self.at] if self.at < self.size else "the end"
            raise ShellError(f"a command is missing before `{found}`", self.at)
        if self.text.startswith("(", self.at):
            raise ShellError("`(` is not expected here", self.at)
        node.end = self.at
        return node

    def assignment(self) -> Assignment | None:
        """Read an assignment, None where none starts."""
        text = self.text
        start = self.at
        name = self.parameter_name() if self.at < self.size and not text[self.at].isdigit() else ""
        index = None
        if is_name(name) and text.startswith("[", self.at):
            try:
                index = self.subscript()
            except ShellError:
                name = ""
        append = text.startswith("+=", self.at)
        if not is_name(name) or not (append or text.startswith("=", self.at)):
            self.at = start
            return None
        self.at += 2 if append else 1
        items = self.array() if text.startswith("(", self.at) else None
        value = self.word() if items is None else None
        return Assignment(name, value, append=append, index=index, items=items, start=start, end=self.at)

    def array(self) -> list[Word]:
        """Read the words of `(…)` behind an assignment."""
        start = self.at
        self.at += 1
        items: list[Word] = []
        while True:
            self.skip_blanks()
            if self.text.startswith("\n", self.at):
                self.newline()
                continue
            if self.text.startswith(")", self.at):
                self.at += 1
                return items
            word = self.word()
            if word is None:
                raise ShellError("`)` is missing behind an array", start)
            items.append(word)

    def redirects(self) -> list[Redirect]:
        """Read the redirections behind a compound command."""
        found: list[Redirect] = []
        while True:
            self.skip_blanks()
            redirect = self.redirect()
            if redirect is None:
                return found
            found.append(redirect)

    def redirect(self) -> Redirect | None:
        """Read one redirection, None where none starts."""
        text = self.text
        start = self.at
        end = start
        if end < self.size and text[end].isdigit():
            while end < self.size and text[end].isdigit():
                end += 1
        elif text.startswith("{", end):
            close = text.find("}", end, end + 80)
            if close < 0 or not is_name(text[end + 1 : close].partition("[")[0]):
                return None
            end = close + 1
        operator = next((one for one in _REDIRECTS if text.startswith(one, end)), "")
        if not operator or (end > start and operator.startswith("&")) or (operator in "<>" and text.startswith("(", end + 1)):
            return None
        self.at = end + len(operator)
        self.skip_space()
        target = self.word()
        if target is None:
            raise ShellError(f"a word is missing behind `{operator}`", self.at)
        redirect = Redirect(operator, text[start:end], target, start, self.at)
        if operator in ("<<", "<<-"):
            self.pending.append((redirect, unquoted(target), _is_quoted(target), operator == "<<-"))
        return redirect

    def skip_space(self) -> None:
        """Skip blanks and line continuations, where a `#` is no comment."""
        while self.at < self.size:
            if self.text[self.at] in BLANK:
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
            else:
                return


def unquoted(word: Word) -> str:
    """Return the characters of a here-document's delimiter."""
    return "".join(part.text if isinstance(part, Literal) else "" for part in word.parts)


def _is_quoted(word: Word) -> bool:
    return any(isinstance(part, Literal) and part.quoted for part in word.parts)


_COMPOUNDS = {
    "{": Parser.group,
    "if": Parser.if_command,
    "while": Parser.loop,
    "until": Parser.loop,
    "for": Parser.for_command,
    "select": Parser.for_command,
    "case": Parser.case_command,
    "function": Parser.function_word,
    "coproc": Parser.coproc,
    "[[": Parser.condition,
}
_BODIES = frozenset(("{", "if", "while", "until", "for", "select", "case", "[["))
