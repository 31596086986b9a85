"""Mutants: one small change at a time in a module, and whether the tests of its own room notice it.

    python -m tests.tools.mutants gateway/decide.py [--tests tests/test_decide.py …] [--sample 100] [--seed 1] [--jobs 2] [--json FILE]

Without `--tests` the module's twin is run. Each mutant runs in a fork of a process that has loaded pytest and Hypothesis already, on
a copy of the tree. What is never mutated: annotations, docstrings, `__slots__`, `TYPE_CHECKING` blocks, texts for people.
Exit code 1 when a mutant survived that `tests/tools/equivalent_mutants.txt` does not list with its reason.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools.warm_tests import AGAIN, WarmTests

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
COMPARES = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
OPTIONS = (
    *("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-o", "addopts=", "--hypothesis-profile=mutants"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
TIME_FACTOR, TIME_LEAST = 4.0, 15.0
"""A mutant may take this many times as long as the tests without one, and at least so many seconds; then it is killed."""


class Mutant:
    """One change: the text between two offsets of a module becomes another; `within` is the function that it stands in."""

    def __init__(self, path: str, within: str, line: int, start: int, end: int, old: str, new: str) -> None:
        self.path, self.within, self.line, self.start, self.end, self.old, self.new = path, within, line, start, end, old, new

    @property
    def name(self) -> str:
        """What it is listed by: no line number, so that lines may move."""
        return f"{self.path} | {self.within} | {' '.join(self.old.split())[:70]} -> {' '.join(self.new.split())[:70]}"


class Source:
    """A module's text, and where its nodes stand in it."""

    def __init__(self, path: Path, root: Path = ROOT) -> None:
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text()
        self.tree = ast.parse(self.text)
        self.starts = [0]
        for line in self.text.encode().splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.bytes = self.text.encode()

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the byte offsets of a node."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def mutant(self, node: ast.expr | ast.stmt, new: str) -> Mutant:
        """Return the change of a whole node."""
        start, end = self.span(node)
        return Mutant(self.path, self.within(node.lineno), node.lineno, start, end, self.bytes[start:end].decode(), new)

    def within(self, line: int) -> str:
        """Return the name of the innermost function or class around a line, "" outside of all."""
        around = [
            (node.lineno, node.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.lineno <= line <= (node.end_lineno or 0)
        ]
        return max(around, default=(0, ""))[1]

    def text_of(self, node: ast.expr | ast.stmt) -> str:
        """Return a node as it is written."""
        start, end = self.span(node)
        return self.bytes[start:end].decode()


def mutants(source: Source) -> Iterator[Mutant]:
    """Yield every change of a module."""
    yield from _statements(source, source.tree.body)


def _statements(source: Source, body: list[ast.stmt]) -> Iterator[Mutant]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _for_types(node) or _is_docstring(node) or _is_slots(node):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield from _expressions(source, default)
            yield from _statements(source, node.body)
            continue
        if isinstance(node, ast.ClassDef):
            yield from _statements(source, node.body)
            continue
        yield from _dropped(source, node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_params"):
                continue
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, ast.expr):
                    yield from _expressions(source, item)
                elif isinstance(item, ast.withitem):
                    yield from _expressions(source, item.context_expr)
                elif isinstance(item, ast.ExceptHandler | ast.match_case):
                    yield from _statements(source, item.body)
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(source, getattr(node, name, []))


def _for_types(node: ast.stmt) -> bool:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "TYPE_CHECKING"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_slots(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in ("__slots__", "__all__")


def _dropped(source: Source, node: ast.stmt) -> Iterator[Mutant]:
    """Statements that are left out, returns that return nothing, conditions turned round."""
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete):
        yield source.mutant(node, "pass")
    elif isinstance(node, ast.Return) and node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield source.mutant(node, "return None")
    elif isinstance(node, ast.If | ast.While) and not isinstance(node.test, ast.Compare):
        yield source.mutant(node.test, f"(not ({source.text_of(node.test)}))")


def _expressions(source: Source, top: ast.expr) -> Iterator[Mutant]:
    for node in _seen(top):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARES:
            left, right = source.text_of(node.left), source.text_of(node.comparators[0])
            yield source.mutant(node, f"{left} {COMPARES[type(node.ops[0])]} {right}")
        elif isinstance(node, ast.BoolOp):
            word = "or" if isinstance(node.op, ast.And) else "and"
            yield source.mutant(node, "(" + f" {word} ".join(f"({source.text_of(value)})" for value in node.values) + ")")
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield source.mutant(node, f"bool({source.text_of(node.operand)})")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            sign = "-" if isinstance(node.op, ast.Add) else "+"
            if not any(
                isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
                for part in (node.left, node.right)
            ):
                yield source.mutant(node, f"({source.text_of(node.left)} {sign} {source.text_of(node.right)})")
        elif isinstance(node, ast.IfExp):
            yield source.mutant(node, f"({source.text_of(node.orelse)} if {source.text_of(node.test)} else {source.text_of(node.body)})")
        elif isinstance(node, ast.Constant):
            yield from _constant(source, node)
        elif isinstance(node, ast.comprehension):
            continue


def _constant(source: Source, node: ast.Constant) -> Iterator[Mutant]:
    if node.value is True or node.value is False:
        yield source.mutant(node, str(not node.value))
    elif isinstance(node.value, int):
        yield source.mutant(node, f"({node.value} + 1)")
    elif isinstance(node.value, str) and node.value and getattr(node, "is_key", False):
        yield source.mutant(node, repr(node.value + "~"))


def _seen(top: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression and all within it; strings are marked as keys where they are compared, subscripts, or members of a literal set."""
    todo: list[ast.AST] = [top]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.JoinedStr):
            continue
        keys: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            keys = [node.left, *node.comparators]
        elif isinstance(node, ast.Subscript):
            keys = [node.slice]
        for key in keys:
            for item in key.elts if isinstance(key, ast.Tuple | ast.Set | ast.List) else [key]:
                if isinstance(item, ast.Constant):
                    item.is_key = True  # type: ignore[attr-defined]
        if isinstance(node, ast.expr):
            yield node
        todo += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr | ast.comprehension | ast.keyword | ast.Slice)]


def twin(path: str) -> str:
    """Return the tests of a module."""
    inside = Path(path).relative_to("gateway")
    return (Path("tests") / inside.parent / f"test_{inside.name}").as_posix()


def run(copy: Path, tests: list[str], limit: float, *, keeping: bool = False) -> tuple[int, float]:
    """Run tests in a fork, in a copy of the tree; return (exit code, seconds), 124 where the time ran out.

    With `keeping`, what is compiled is kept in the copy for the runs that follow.
    """
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        _tests_in_child(copy, tests, keeping)
    while time.monotonic() - start < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), time.monotonic() - start
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 124, limit


def _tests_in_child(copy: Path, tests: list[str], keeping: bool) -> None:
    _enter(copy, keeping)
    import pytest

    os._exit(int(pytest.main([*OPTIONS, *tests])))


def _enter(copy: Path, keeping: bool) -> None:
    """Make this process one that runs tests of a copy of the tree, and says nothing."""
    from hypothesis import Phase, settings

    # what a run finds shall not depend on chance, and a smaller example than the first tells nobody anything here
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
    os.setpgid(0, 0)
    os.chdir(copy)
    sys.path[:] = [
        str(copy),
        str(copy / "gateway/compat"),
        *(entry for entry in sys.path if Path(entry or ".").resolve() not in (ROOT, ROOT / "gateway/compat")),
    ]
    sys.dont_write_bytecode = not keeping
    if not keeping:  # nor do the processes that tests start: a compiled mutant could be taken for the next one
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "gateway", "agent_trace")]:
        del sys.modules[name]
    quiet = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(quiet, fd)


def equivalent() -> dict[str, str]:
    """Return mutants that change nothing, or nothing that a test should hold, with the reason."""
    lines = EQUIVALENT.read_text().splitlines() if EQUIVALENT.exists() else []
    rows = [line.rpartition(" # ") for line in lines if " # " in line and not line.startswith("#")]
    return {name.strip(): reason.strip() for name, _, reason in rows}


class Bench:
    """A copy of the tree in which one mutant at a time stands."""

    warm: WarmTests | None = None
    hasty = False

    def __init__(self, folder: Path) -> None:
        self.copy = folder
        for name in ("gateway", "tests", "policies", "schemas", "deploy"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".agent-traces", "node_modules"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder / name)

    def load(self, tests: list[str]) -> tuple[int, float]:
        """Load tests once, for all mutants that can be made in loaded modules; return their (exit code, seconds) without a mutant."""
        self.close()
        code, seconds = run(self.copy, tests, 600, keeping=True)
        self.warm = WarmTests([*OPTIONS, f"--basetemp={self.copy}/basetemp", *tests], lambda: _enter(self.copy, False))
        return code, seconds

    def close(self) -> None:
        """End what `load` began."""
        if self.warm:
            self.warm.close()
        self.warm = None

    def outcome(self, mutant: Mutant, tests: list[str], limit: float) -> str:
        """Return `killed`, `survived` or `timeout`."""
        path = self.copy / mutant.path
        whole = path.read_bytes()
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()
        try:
            path.write_bytes(whole[: mutant.start] + mutant.new.encode() + whole[mutant.end :])
            code = self.warm.code(path, whole.decode(), limit) if self.warm else AGAIN
            if code == AGAIN or (code == 0 and not self.hasty):
                code, _ = run(self.copy, tests, limit)
        finally:
            path.write_bytes(whole)
        return "survived" if code == 0 else "timeout" if code == 124 else "killed"


def main() -> int:
    """Run the mutants that the command line asks for and tell what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--tests", nargs="*", default=[])
    parser.add_argument("--sample", type=int, default=0, help="so many mutants of each module, drawn at random; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--hasty", action="store_true", help="believe tests that are loaded already that nothing noticed, unseen processes or not")
    parser.add_argument("--again", default="", help="only what survived in the run that wrote this JSON file")
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    import hypothesis  # noqa: F401  # loaded once, before the forks
    import pytest  # noqa: F401

    known, rows = equivalent(), []
    with tempfile.TemporaryDirectory() as name:
        benches = [Bench(Path(name) / str(number)) for number in range(options.jobs)]
        for bench in benches:
            bench.hasty = options.hasty
        for module in options.modules:
            rows += _module(module, options, benches, known)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1))
    counts = {kind: sum(row["outcome"] == kind for row in rows) for kind in ("killed", "timeout", "survived", "equivalent")}
    dead = counts["killed"] + counts["timeout"]
    print(f"{len(rows)} mutants: {counts}; {100 * dead / max(1, dead + counts['survived']):.1f} % of those that are not equivalent died")
    return 1 if counts["survived"] else 0


def _module(module: str, options: argparse.Namespace, benches: list[Bench], known: dict[str, str]) -> list[dict[str, object]]:
    tests = options.tests or [twin(module)]
    code, seconds = max(bench.load(tests) for bench in benches)
    if code:
        print(f"{module}: its tests fail without a mutant (exit code {code})", file=sys.stderr)
        return [{"name": module, "line": 0, "outcome": "survived"}]
    limit = max(TIME_LEAST, seconds * TIME_FACTOR)
    listed = list(mutants(Source(ROOT / module)))
    if options.again:
        left = {(row["name"], row["line"]) for row in json.loads(Path(options.again).read_text()) if row["outcome"] == "survived"}
        listed = [mutant for mutant in listed if (mutant.name, mutant.line) in left]
    chosen = random.Random(options.seed).sample(listed, options.sample) if 0 < options.sample < len(listed) else listed
    free, rows = list(benches), []

    def judged(mutant: Mutant) -> dict[str, object]:
        if mutant.name in known:
            return {"name": mutant.name, "line": mutant.line, "outcome": "equivalent"}
        bench = free.pop()
        outcome = bench.outcome(mutant, tests, limit)
        free.append(bench)
        return {"name": mutant.name, "line": mutant.line, "outcome": outcome}

    with ThreadPoolExecutor(len(benches)) as pool:
        for row in pool.map(judged, chosen):
            rows.append(row)
            if row["outcome"] == "survived":
                print(f"survived: line {row['line']}: {row['name']}", flush=True)
    for bench in benches:
        bench.close()
    dead = sum(row["outcome"] in ("killed", "timeout") for row in rows)
    print(f"{module}: {dead} of {len(rows)} died ({len(listed)} in all, tests take {seconds:.1f} s)", flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main())
