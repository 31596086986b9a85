"""The commands of a script as tree-sitter-bash sees them, and as we do."""

from __future__ import annotations

import tree_sitter_bash
from tree_sitter import Language, Parser

from gateway.model.action import RUN
from gateway.shell import understand
from tests.shell.corpus.sandbox import _hidden

_PARSER = Parser(Language(tree_sitter_bash.language()))


def commands_by_tree_sitter(script: str) -> set[str]:
    """Return the names, written plainly, of the commands in a script; functions and what never runs in them are left out."""
    found: set[str] = set()
    functions: set[str] = set()
    script = script.replace("\\\n", "")  # it takes a continued line inside a word for two words
    root = _PARSER.parse(script.encode()).root_node
    if root.has_error:
        return set()
    todo = [root]
    while todo:
        node = todo.pop()
        if node.type == "function_definition":
            functions.add(node.child_by_field_name("name").text.decode())
            continue
        if node.type == "command_name" and node.named_child_count == 1 and node.named_children[0].type == "word":
            text = node.text.decode()
            if text.replace("_", "").isalnum():
                found.add(text)
        todo += node.children
    return found - functions - {"coproc", "time"}  # reserved words that it takes for commands


def commands_by_us(script: str) -> tuple[set[str], bool]:
    """Return (the programs and builtins that we find in a script, whether we said that something is hidden)."""
    runs = [action for action in understand(script, cwd="/p", home="/home/u") if action.verb == RUN]
    return {action.words[0].rpartition("/")[2] for action in runs}, any(_hidden(action) for action in runs)
