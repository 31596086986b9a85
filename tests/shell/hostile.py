"""Texts made to take long: deep, wide, doubling, and never closed. Each is shorter than it looks."""

from __future__ import annotations

from collections.abc import Iterator

LIMIT = 10_000
"""Characters of one text."""


def hostile(count: int) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of texts with about `count` repetitions of something."""
    for name, text in (*_nested(count), *_wide(count), *_doubling(count), *_inline(count)):
        yield name, text[:LIMIT]


def _nested(n: int) -> Iterator[tuple[str, str]]:
    for name, opens, core, closes in (
        ("substitutions", "$(", "a", ")"),
        ("expansions", "${x:-", "a", "}"),
        ("braces", "{a,", "b", "}"),
        ("arithmetic", "$((", "1", "))"),
        ("quoted substitutions", '"$(echo ', "a", ')"'),
        ("subscripts", "${x[", "1", "]}"),
        ("processes", "<(", "a", ")"),
    ):
        yield name, "echo " + opens * n + core + closes * n
        yield name + ", open", "echo " + opens * n
    for name, opens, closes in (
        ("subshells", "(", ")"),
        ("groups", "{ ", "; }"),
        ("branches", "if a; then ", "; fi"),
        ("cases", "case a in b) ", ";; esac"),
    ):
        yield name, opens * n + "a" + closes * n
        yield name + ", open", opens * n
    yield "backquotes", "echo " + "`a " * n
    yield "escaped backquotes", "echo `a " + "\\`b " * n
    yield "functions without a body", "f() " * n + "a"
    yield "conditions", "[[ " + "( " * n + "a"
    yield "negations", "[[ " + "! " * n + "a ]]"
    yield "patterns", "[[ a == " + "@(a|" * n + " ]]"
    yield "regular expressions", "[[ a =~ " + "(" * n + " ]]"
    yield "wrappers", "sudo env nice " * n + "a"
    yield "evals", "eval " * n + "a"
    yield "split strings", 'env -S "' + "env -S " * n + 'a"'
    yield "finds", "find . " + "-exec find . " * (n // 4) + "\\;"
    yield "loops", "for i in a b c; do " * min(n, 39) + "x;" + " done;" * min(n, 39)
    yield "loops that assign", "while a; do x=$x1; " * 38 + "b;" + " done;" * 38


def _wide(n: int) -> Iterator[tuple[str, str]]:
    yield "files that are read", "cat " + " ".join(f"a{number}" for number in range(n)) + " | tee " + " ".join(f"b{number}" for number in range(n))
    yield "fields", "gh api x " + " ".join(f"-F a{number}=@f{number}" for number in range(n))
    yield "hosts", "curl " + " ".join(f"http://a{number}" for number in range(n))
    yield "mounts", "docker run " + " ".join(f"-v /a{number}:/b{number}" for number in range(n)) + " x cat /b1/*"
    yield "mounted files", "docker run " + "-v /a:/b " * 90 + " x cat " + " ".join(f"/b/{number}" for number in range(n))
    for joint in (" && ", " || ", ";", "|", "&", "\n"):
        yield f"chain of {joint.strip() or 'lines'}", joint.join(["a"] * n)
    yield "conditional assignments", " && ".join(f"x{i}=1" for i in range(n // 4))
    yield "sequence", "echo {1..999999} {1..999999}{1..999999}"
    yield "alternatives", "echo " + "{a,b}" * n
    yield "one wide brace", "echo {" + ",".join(["a"] * n) + "}"
    yield "words", "rm " + "a " * n
    yield "redirections", "a " + ">b " * n
    yield "descriptors", "a " + "{x}>b " * n
    yield "here-documents", "cat " + "<<a " * n + "\n" + "a\n" * n
    yield "unclosed here-documents", "\n".join(["cat <<a"] * n)
    yield "here-documents in substitutions", "a $( b <<EOF c\n d $(( e\n" * (n // 10)
    yield "dollars", "echo " + "$" * n
    yield "backslashes", "echo " + "\\" * n
    yield "tildes", "echo " + "~:" * n + " x=" + "~:" * n
    yield "names in arithmetic", "a=b;b=c;c=a; (( " + "a+b+c+" * n + "1 ))"
    yield "control characters", "".join(chr(i % 32) for i in range(n))
    yield "NULs", "\0" * n
    yield "surrogates", "\ud800" * n
    yield "variables in subshells", "".join(f"v{i}=1;" for i in range(n // 8)) + "$(a);" * (n // 8)


def _doubling(n: int) -> Iterator[tuple[str, str]]:
    yield "a value", "x=aaaaaaaaaa;" + "x=$x$x;" * min(n, 1000) + "echo $x"
    yield "an array", "a=(x x x);" + 'a=("${a[@]}" "${a[@]}");' * min(n, 300) + 'echo "${a[@]}"'
    yield "braces in a value", 'x="{a,b}";' + "x=$x$x;" * 20 + "eval echo $x"
    yield "a function", "f() { f; f; }; f"
    yield "functions", "".join(f"f{i}() {{ f{i + 1}; f{i + 1}; f{i + 1}; }};" for i in range(min(n, 30))) + "f0"
    yield "aliases", "".join(f"alias a{i}='a{i + 1} a{i + 1}';" for i in range(25)) + "a0"
    yield "an alias", "alias a='a;a;a;a'; a"
    yield "a prompt", "x='${x@P}${x@P}'; echo ${x@P}"
    yield "an eval", 'x=\'eval "$x";eval "$x"\'; eval "$x"'
    yield "a script that runs itself", 'echo "sh f;sh f;sh f" > f; sh f'
    yield "a script that sources itself", 'echo ". f;. f;. f" > f; . f'
    yield "arithmetic", "".join(f'v{i}="v{i + 1}+v{i + 1}+w{i}[0]";' for i in range(n // 20)) + "(( v0 ))"
    yield "nested subscripts", "echo " + "${a[" * 30 + "1" + "]}" * 30
    yield "a format", "x=$(printf '%0100d' 1);" + "x=$x$x;" * 12 + 'printf "$x" ' + "a " * 1000
    yield "a width", "printf '%1000000s' a | sh"
    yield "a pattern", "x=" + "a" * n + "; echo ${x%%" + "*a" * 30 + "}"
    yield "a replacement", "x=" + "a" * 4000 + "; echo ${x//a/$x}"


def _inline(n: int) -> Iterator[tuple[str, str]]:
    yield "python, nested", "python -c '" + "(" * n + ")" * n + "'"
    yield "python, added", "python -c 'x=" + "+".join(['"a"'] * n) + "'"
    yield "python, doubled", 'python -c \'x="a"*9000;' + "x=x+x;" * 60 + "'"
    yield "python, multiplied", 'python -c \'x="a"' + "*9999" * 20 + "'"
    yield "python, listed", 'python -c \'x=["a"];' + "x=x+x;" * 60 + "'"
    yield "python, named", "python -c '" + ";".join(f"a{i}=1" for i in range(n // 5)) + "'"
    yield "perl quotes", "perl -e '" + "q(" * n + "'"
    yield "javascript calls", "node -e '" + "exec(" * n + "'"
    yield "javascript sums", "node -e '" + "+".join(['"a"'] * n) + "'"
    yield "awk prints", "awk '" + "print > " * n + "'"
    yield "sed scripts", "sed '" + "s/[/]/x/;" * (n // 4) + "'"
    yield "sed brackets", "sed 's/" + "[" * n + "'"
    yield "vim commands", "vim -c '" + ":!" * n + "'"
    yield "psql copies", "psql -c '" + "copy from " * n + "'"
    yield "sqlite shells", "sqlite3 x '" + "\n.shell " * n + "'"
    yield "powershell", "pwsh -c '" + "(" * n + "'"
    yield "cmd", "cmd /c '" + "if exist " * n + "'"
    yield "option clusters", "tar -" + "a" * n
