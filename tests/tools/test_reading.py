"""How the arguments of known tools are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.catalog.agent_tools import TOOLS
from gateway.model.call import ToolCall
from gateway.tools import actions_of
from gateway.tools.reading import plain_name
from tests.tools.rows import call_rows

test_rows = call_rows(
    r"""
Bash {"command": "rm -rf x"} => run rm -rf x · write x [delete,tree]
Bash {"command": ["rm", "-rf", "a b"]} => run rm -rf a b · write a b [delete,tree]
Bash {"command": ["bash", "-lc", "rm x"]} => run rm x · write x [delete]
Bash {"command": "cat shadow", "workdir": "/etc"} => run cat shadow · read shadow @/etc
Bash {"command": "cat a", "cwd": "sub"} => run cat a · read a @/p/sub
shell {"cmd": "rm x", "description": "rm y"} => run rm x · write x [delete]
functions.shell {"command": "rm x"} => run rm x · write x [delete]
run_in_terminal {"something": "rm x", "explanation": "because"} => run rm x · write x [delete]
PowerShell {"command": "Remove-Item x"} => run powershell [inline] · run Remove-Item x · write x [delete]
python {"code": "import os; os.remove('x')"} => run python [inline] · write x [delete]
Read {"file_path": ""} => read □
Write {"content": "x"} => write □
Glob {"pattern": "**/{.env,src/*.py}"} => read **/.env [list,glob] · read **/src/*.py [list,glob]
Grep {"pattern": "x", "glob": "{.env,*.py}"} => read **/.env [glob] · read **/*.py [glob]
REPL {"code": "require('fs').unlinkSync('x')"} => run javascript [inline] · write x [delete]
Read {"file_path": ".env"} => read .env
Read {"file_path": "a", "output_path": ".env"} => read a · read .env
Read {"path": "https://a.example/x"} => connect https://a.example/x
Write {"file_path": "x", "content": "rm -rf /"} => write x
Edit {"file_path": "x", "old_string": "a", "new_string": "b"} => write x
MultiEdit {"file_path": "x", "edits": [{"old_string": "a"}]} => write x
NotebookEdit {"notebook_path": "n.ipynb", "new_source": "x"} => write n.ipynb
delete_file {"target_file": "x"} => write x [delete,tree]
str_replace_editor {"command": "view", "path": "x"} => read x
str_replace_editor {"command": "create", "path": "x"} => write x
apply_patch {"input": "*** Begin Patch\n*** Delete File: x\n*** End Patch"} => write x [delete]
apply_patch {"input": "nothing that is a patch"} => write □
LS {"path": "src"} => read src [list]
LS {} => read . [list]
Glob {"pattern": "**/*.pem", "path": "/etc"} => read /etc/**/*.pem [list,glob]
Grep {"pattern": "x"} => read . [search]
Grep {"pattern": "x", "path": "src"} => read src [search]
Grep {"pattern": "x", "glob": ".env*"} => read **/.env* [glob]
WebFetch {"url": "https://a.example/x", "prompt": "see https://b.example"} => connect https://a.example/x
WebFetch {"url": "file:///etc/passwd"} => read /etc/passwd
WebSearch {"query": "x"} => connect web-search
ReadMcpResourceTool {"uri": "file:///p/.env"} => read /p/.env
Monitor {"command": "tail -f log", "ws": {"url": "wss://a.example"}} => run tail -f log · read log · connect wss://a.example
write_stdin {"chars": "rm x\n"} => run stdin [inline] <unknown:typed> OPAQUE · run rm x · write x [delete]
write_stdin {"chars": "\u0003"} => nothing
TodoWrite {"todos": []} => nothing
Task {"prompt": "rm x"} => nothing
Workflow {"scriptPath": "x.js"} => read x.js
Bash null => nothing
Bash "rm x" => run rm x · write x [delete]
Read [".env"] => read .env
"""
)


@pytest.mark.parametrize(("tool", "name"), [("Bash", "bash"), ("functions.shell", "shell"), ("a/b/Read", "read"), ("", ""), (".", ".")])
def test_plain_names(tool: str, name: str) -> None:
    assert plain_name(tool) == name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(("command", "path", "url")), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TOOLS)) | st.text(max_size=12), JSON)
def test_any_arguments_are_read(tool: str, arguments: object) -> None:
    actions = actions_of(ToolCall(tool, arguments, cwd="/p"), home="/home/u")
    assert actions[0].target == tool
    assert all(action.via < index for index, action in enumerate(actions))
