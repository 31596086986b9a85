"""The gates as functions over a tree, so that each can be shown to fail on a seeded fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MAX_FILE = 400
MAX_FUNCTION = 60
MAX_WIDTH = 120
MAX_ROW = 200
BANNED_NAMES = frozenset(("utils", "util", "helpers", "helper", "common", "manager", "base", "misc"))
PURE = ("model", "policy", "redaction", "shell", "decide.py", "require.py")
AGENT_WORDS = re.compile(r"\b(claude|cursor|windsurf|codex|gemini|copilot|cline|PreToolUse|PostToolUse|mcp__)\b", re.IGNORECASE)


def modules(root: Path) -> Iterator[Path]:
    """Yield every module of the package that has something in it to test."""
    for path in sorted((root / "gateway").rglob("*.py")):
        if "compat" not in path.parts and path.name not in ("__init__.py", "__main__.py"):
            yield path


def too_long(root: Path, tables: frozenset[str]) -> list[str]:
    """Return the files over MAX_FILE lines that are not listed as declarative tables."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        lines = len(path.read_text().splitlines())
        if lines > MAX_FILE and name not in tables:
            found.append(f"{name}: {lines} lines")
    return found


def too_wide(root: Path) -> list[str]:
    """Return the lines over MAX_WIDTH columns, and over MAX_ROW in a table; a single text that ends a line may stay whole."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        lines = path.read_text().splitlines()
        if max(map(len, lines), default=0) > MAX_WIDTH:
            rows = _rows(ast.parse("\n".join(lines)))
            for number, line in enumerate(lines, 1):
                most = MAX_ROW if number in rows or _ONE_TEXT.match(line) else MAX_WIDTH
                if len(line) > most:
                    found.append(f"{path.relative_to(root)}:{number}: {len(line)} columns")
    return found


_ONE_TEXT = re.compile(r'\s*(?:(?:return|raise)? ?[\w.]*[(=]? ?)?r?f?"[^"]*"[^"]{0,40}$')
"""A line that is one message: breaking it would keep it from being found by its words."""


def _rows(tree: ast.Module) -> set[int]:
    """Return the lines of the tables of a module: what is assigned to its own names and those of its classes."""
    rows: set[int] = set()
    for body in (tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))):
        for node in body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                rows.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return rows


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file, methods and inner ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(root: Path) -> list[str]:
    """Return the functions over MAX_FUNCTION lines."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        found += [
            f"{path.relative_to(root)}:{node.lineno} {node.name}"
            for node in functions(path)
            if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
        ]
    return found


def many_parameters(root: Path) -> list[str]:
    """Return the functions with more than six positional parameters; those with a default in a command's module are its options."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        options = path.relative_to(root).parts[1] in ("cli", "reports")
        found += [
            f"{path.relative_to(root)}:{node.lineno} {node.name}"
            for node in functions(path)
            if len(node.args.args) - (len(node.args.defaults) if options else 0) > 6
        ]
    return found


def without_twin(root: Path) -> list[str]:
    """Return the modules that have no test of their own."""
    found = []
    for path in modules(root):
        inside = path.relative_to(root / "gateway")
        twin = root / "tests" / inside.parent / f"test_{path.name}"
        if not twin.exists():
            found.append(inside.as_posix())
    return found


def without_docstring(root: Path) -> list[str]:
    """Return the modules that do not say what they know."""
    return [str(path.relative_to(root)) for path in sorted((root / "gateway").rglob("*.py")) if not ast.get_docstring(ast.parse(path.read_text()))]


def banned_names(root: Path) -> list[str]:
    """Return modules and folders whose names say nothing."""
    return [
        str(path.relative_to(root))
        for path in sorted((root / "gateway").rglob("*"))
        if path.stem in BANNED_NAMES and "node_modules" not in path.parts
    ]


def broad_excepts(root: Path, allowed: dict[str, int]) -> list[str]:
    """Return `except Exception` and broader where they are not allowed, with their count."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        count = 0
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                names = [node.type] if not isinstance(node.type, ast.Tuple) else list(node.type.elts)
                count += any(name is None or (isinstance(name, ast.Name) and name.id in ("Exception", "BaseException")) for name in names)
        name = path.relative_to(root).as_posix()
        if count > allowed.get(name, 0):
            found.append(f"{name}: {count}")
    return found


def agent_words(root: Path, allowed: dict[str, frozenset[str]]) -> list[str]:
    """Return lines of the pure floors that name an agent or one of its tools."""
    found = []
    for part in PURE:
        start = root / "gateway" / part
        for path in sorted(start.rglob("*.py")) if start.is_dir() else [start] if start.exists() else []:
            name = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text().splitlines(), 1):
                hit = AGENT_WORDS.search(line)
                if hit and hit.group().lower() not in allowed.get(name, frozenset()):
                    found.append(f"{name}:{number} {hit.group()}")
    return found


def language_names(root: Path) -> frozenset[str]:
    """Return the names of the languages that have a module of their own in a tree."""
    folder = root / "gateway" / "shell" / "languages"
    return frozenset(
        path.stem for path in folder.iterdir() if path.stem not in ("__init__", "script", "console_escapes") and path.suffix in ("", ".py")
    )


def language_comparisons(root: Path) -> list[str]:
    """Return comparisons with a language's name in the shell's rooms, and tables by such names, outside that language's own module.

    What is compared must be called a language: `name == "sed"` may be a program. The map of languages and the consoles are tables by name.
    """
    names = language_names(root)
    found = []
    for path in sorted((root / "gateway" / "shell").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        foreign = names - set(path.relative_to(root).with_suffix("").parts)
        tables = not name.startswith("gateway/shell/programs/") and path.name not in ("__init__.py", "console_escapes.py")
        for node in ast.walk(ast.parse(path.read_text())):
            hits = _compared(node) & foreign or (_keys(node) & foreign if tables else set())
            found += [f"{name}:{getattr(node, 'lineno', 0)} {hit}" for hit in sorted(hits)]
    return found


def _compared(node: ast.AST) -> set[str]:
    """Return the texts that something called a language is compared with, by an operator, a pattern or a method."""
    if isinstance(node, ast.Compare):
        asked, texts = [node.left, *node.comparators], [node.left, *node.comparators]
    elif isinstance(node, ast.Match):
        asked, texts = [node.subject], [case.pattern for case in node.cases]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("startswith", "endswith"):
        asked, texts = [node.func.value], list(node.args)
    else:
        return set()
    words = [
        inner.id if isinstance(inner, ast.Name) else inner.attr
        for side in asked
        for inner in ast.walk(side)
        if isinstance(inner, ast.Name | ast.Attribute)
    ]
    if not any("language" in word.lower() for word in words):
        return set()
    return {inner.value for side in texts for inner in ast.walk(side) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}


def _keys(node: ast.AST) -> set[str]:
    """Return the texts that are keys of a table; a single letter is an escape, not the language R."""
    keys = node.keys if isinstance(node, ast.Dict) else []
    return {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str) and len(key.value) > 1}


def assignments_outside_constructors(root: Path) -> list[str]:
    """Return assignments to attributes of core values outside `__init__`: records are immutable by convention, and this is the guard."""
    found = []
    for path in sorted((root / "gateway" / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name != "__init__":
                found += [
                    f"{path.relative_to(root)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store)
                ]
    return found


LIBRARY_HOMES = {
    "jsonschema": ("gateway/authoring/check/schema.py", "gateway/doors/mcp/session/output_schema.py"),
    "phonenumbers": ("gateway/redaction/telephone.py",),
    "wcmatch": ("gateway/policy/patterns.py",),
    "bracex": ("gateway/policy/patterns.py",),
    "msgspec": ("gateway/traces/decode.py", "gateway/traces/encode.py", "gateway/doors/mcp/jsonrpc/fast_decoder.py"),
    "opentelemetry": ("gateway/exports/otlp/as_protobuf.py",),
    "google": ("gateway/exports/otlp/as_protobuf.py",),
    "genai_prices": ("gateway/analysis/prices/update.py",),
    "aiohttp": ("gateway/doors/mcp/http/",),
    "yarl": ("gateway/doors/mcp/http/",),
    "uvloop": ("gateway/host/event_loop.py",),
    "structlog": ("gateway/host/operator_log.py",),
}


def library_importers(root: Path, homes: dict[str, tuple[str, ...]]) -> list[str]:
    """Return modules that import a library whose home is elsewhere."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for each in names:
                library = each.partition(".")[0]
                if library in homes and not any(name.startswith(home) for home in homes[library]):
                    found.append(f"{name}: {library}")
    return found


MAX_UNTYPED = 120
UNTYPED_POLICY = re.compile(r"\b(?:policy|layers?|limits?|entry|listed|section)s?: (?:list\[|tuple\[)?dict\[str, (?:Any|object)\]")


def untyped_objects(root: Path, most: int) -> list[str]:
    """Return where `dict[str, Any]` stands, if it stands in more places than that: what has a shape has a type."""
    places = []
    for path in sorted((root / "gateway").rglob("*.py")):
        lines = path.read_text().splitlines()
        places += [f"{path.relative_to(root)}:{number}" for number, line in enumerate(lines, 1) for _ in range(line.count("dict[str, Any]"))]
    return places if len(places) > most else []


def untyped_policies(root: Path) -> list[str]:
    """Return where a compiled policy or a part of one is taken or returned without its type (gateway.model.compiled_policy)."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        lines = path.read_text().splitlines()
        found += [f"{path.relative_to(root)}:{number}" for number, line in enumerate(lines, 1) if UNTYPED_POLICY.search(line)]
    return found


def option_tables(root: Path, allowed: frozenset[str]) -> list[str]:
    """Return tables and constants outside the catalog that say again which options of programs take a value."""
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith("gateway/catalog/options/") or name in allowed:
            continue
        for node in ast.parse(path.read_text()).body:
            value = getattr(node, "value", None)
            texts = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant) and isinstance(part.value, str)] if value else []
            words = [word for text in texts for word in text.split()]
            specified = sum(1 for word in words if word.startswith("-") and word.partition("=")[2].lstrip("?").partition(":")[0] in OPTION_KINDS)
            listed = isinstance(value, ast.Dict) and sum(1 for word in words if word.startswith("-") and "=" not in word) > MOST_LISTED_OPTIONS
            if isinstance(node, ast.Assign | ast.AnnAssign) and (specified > 1 or listed):
                found.append(f"{name}:{node.lineno}")
    return found


OPTION_WORD = re.compile(
    r"-{1,2}[A-Za-z0-9][\w/-]*=\??(?:text|read|write|meta|list|tree|create|delete|change|archive|unpack|over|maybe|at|edit|host|url|site|proxy"
    r"|shell|command|program|number|action|rest|field|pair|code|script)(?::\w*)?"
)
_READING = frozenset(("parse_arguments", "option_effects", "specification"))


def option_literals(root: Path) -> list[str]:
    """Return texts in readers of command lines that say which options take a value: a program's card is the only place for that."""
    found = []
    for path in sorted((root / "gateway" / "shell").rglob("*.py")):
        tree = ast.parse(path.read_text())
        explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        lines = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
                lines |= {node.lineno} if any(map(OPTION_WORD.fullmatch, node.value.split())) else set()
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _READING:
                given = node.args[1:2] if getattr(node.func, "id", "") != "specification" else node.args[:1]
                lines |= {node.lineno for text in given for part in ast.walk(text) if isinstance(part, ast.Constant) and " -" in f" {part.value}"}
        found += [f"{path.relative_to(root).as_posix()}:{line}" for line in sorted(lines)]
    return found


OPTION_KINDS = frozenset(("text", "read", "write", "meta", "shell", "program", "host", "url", "code", "script", "create", "number"))
MOST_LISTED_OPTIONS = 12
"""Options that a dictionary may name for another reason: what they do."""


PROGRAM_NAMES = frozenset(
    "git svn hg gh glab docker podman nerdctl kubectl helm terraform tofu npm npx pnpm yarn bun pip pipx uv uvx poetry pdm cargo rustup"
    " mvn gradle composer gem bundle curl wget ssh scp sftp rsync psql mysql sqlite3 aws gcloud az tmux sudo xargs tar"
    " claude codex cursor gemini copilot windsurf aider cline".split()
)
"""Names of programs and agents that mean nothing else where they stand alone in a text of the code."""

PROGRAM_HOMES = ("gateway/catalog/", "gateway/shell/programs/", "gateway/doors/hook/")


def program_names(root: Path, allowed: dict[str, str]) -> list[str]:
    """Return texts that are the name of a program or an agent outside their homes and the files that have a reason of their own.

    allowed  file, or folder with its slash -> why its names are no fact about programs
    """
    found = []
    for path in sorted((root / "gateway").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(PROGRAM_HOMES) or any(name == place or (place.endswith("/") and name.startswith(place)) for place in allowed):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and node.value in PROGRAM_NAMES:
                found.append(f"{name}:{node.lineno} {node.value}")
    return sorted(set(found))


def unused_reasons(root: Path, allowed: dict[str, str]) -> list[str]:
    """Return exceptions of `program_names` that nothing needs any more."""
    hits = program_names(root, {})
    return [place for place in allowed if not any(hit.startswith(place) for hit in hits)]
