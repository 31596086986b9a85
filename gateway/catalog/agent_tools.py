"""The tools of the agents we know: how to read the arguments of each. Pure data.

A row is name (lower case) -> (reading, *keys): the reading is one of gateway.tools.reading.READINGS, the keys name the
arguments that matter most, in order of trust. Arguments that no key names are still looked at by the heuristics.
"""

from __future__ import annotations

_SHELL = ("shell", "command", "cmd", "command_line", "commandline", "script", "input")
_READ = ("read", "file_path", "path", "filepath", "absolute_path", "file", "paths", "uri")
_WRITE = ("write", "file_path", "path", "filepath", "absolute_path", "file", "target_file", "notebook_path")
_LIST = ("list", "path", "dir_path", "directory", "directorypath", "file_path")
_GLOB = ("glob", "pattern", "path", "dir_path", "folder")
_GREP = ("grep", "path", "dir_path", "glob", "include")
_FETCH = ("fetch", "url", "uri", "prompt")
_NOTHING = ("nothing",)

TOOLS: dict[str, tuple[str, ...]] = {
    # shells
    "bash": _SHELL,
    "shell": _SHELL,
    "exec": _SHELL,
    "execute": _SHELL,
    "exec_command": _SHELL,
    "execute_bash": _SHELL,
    "execute_command": _SHELL,
    "execute_shell_command": _SHELL,
    "local_shell": _SHELL,
    "run_command": _SHELL,
    "run_in_terminal": _SHELL,
    "run_shell_command": _SHELL,
    "run_terminal_cmd": _SHELL,
    "run_terminal_command": _SHELL,
    "runcommand": _SHELL,
    "runinterminal": _SHELL,
    "runterminalcommand": _SHELL,
    "terminal": _SHELL,
    "monitor": ("monitor", "command", "ws"),
    "powershell": ("powershell", "command"),
    "execute_cmd": ("cmd", "command"),
    "repl": ("code:javascript", "code"),
    "ipython": ("code:python", "code", "command"),
    "python": ("code:python", "code", "command", "script"),
    "execute_python": ("code:python", "code"),
    "run_python": ("code:python", "code"),
    "run_javascript": ("code:javascript", "code"),
    "write_stdin": ("typed", "chars", "input", "data", "text"),
    "write_to_process": ("typed", "content", "data", "input", "text"),
    "send_to_terminal": ("typed", "text", "data", "input"),
    # files
    "read": _READ,
    "view": _READ,
    "read_file": _READ,
    "readfile": _READ,
    "read_many_files": ("read", "paths", "include", "path"),
    "view_file": _READ,
    "view_image": _READ,
    "viewimage": _READ,
    "fs_read": _READ,
    "notebookread": ("read", "notebook_path", "path"),
    "open_file": _READ,
    "lsp": ("read", "filepath", "file_path", "path"),
    "tabread": _READ,
    "write": _WRITE,
    "edit": _WRITE,
    "multiedit": _WRITE,
    "notebookedit": _WRITE,
    "notebook_edit": _WRITE,
    "create": _WRITE,
    "create_file": _WRITE,
    "edit_file": _WRITE,
    "editfiles": _WRITE,
    "fs_write": _WRITE,
    "insert": _WRITE,
    "insert_edit_into_file": _WRITE,
    "replace": _WRITE,
    "replace_file_content": ("write", "targetfile", "path", "file_path"),
    "replace_string_in_file": _WRITE,
    "multi_replace_file_content": ("write", "targetfile", "path", "file_path"),
    "search_replace": _WRITE,
    "str_replace": _WRITE,
    "str_replace_editor": ("editor", "path", "command"),
    "str_replace_based_edit_tool": ("editor", "path", "command"),
    "tabwrite": _WRITE,
    "write_file": _WRITE,
    "write_to_file": ("write", "targetfile", "path", "file_path"),
    "delete": ("delete", "file_path", "path", "target_file"),
    "delete_file": ("delete", "path", "file_path", "target_file"),
    "apply_patch": ("patch", "command", "input", "patch"),
    "applypatch": ("patch", "command", "input", "patch"),
    "applypatchtool": ("patch", "command", "input", "patch"),
    "patch": ("patch", "patchtext", "patch", "input"),
    # looking around
    "ls": _LIST,
    "list": _LIST,
    "list_dir": _LIST,
    "list_directory": _LIST,
    "listdir": _LIST,
    "glob": _GLOB,
    "file_search": ("glob", "query", "pattern", "path"),
    "find_files": _GLOB,
    "grep": _GREP,
    "grep_search": _GREP,
    "ripgrep": _GREP,
    "rg": _GREP,
    "search_file_content": _GREP,
    "codebase_search": _GREP,
    # network
    "webfetch": _FETCH,
    "web_fetch": _FETCH,
    "fetch": _FETCH,
    "fetchurl": _FETCH,
    "fetch_url": _FETCH,
    "fetch_webpage": ("fetch", "urls", "url"),
    "read_url_content": _FETCH,
    "websearch": ("search",),
    "web_search": ("search",),
    "google_web_search": ("search",),
    "search_web": ("search",),
    # MCP without an mcp name
    "readmcpresourcetool": ("resource", "uri"),
    "readmcpresourcedirtool": ("resource", "uri"),
    "listmcpresourcestool": _NOTHING,
    # agents, plans, bookkeeping: what they cause arrives as calls of its own
    "agent": _NOTHING,
    "task": _NOTHING,
    "spawn_agent": _NOTHING,
    "todowrite": _NOTHING,
    "todo_write": _NOTHING,
    "todoread": _NOTHING,
    "update_plan": _NOTHING,
    "write_todos": _NOTHING,
    "taskcreate": _NOTHING,
    "taskupdate": _NOTHING,
    "taskget": _NOTHING,
    "tasklist": _NOTHING,
    "taskstop": _NOTHING,
    "taskoutput": _NOTHING,
    "killshell": _NOTHING,
    "bashoutput": _NOTHING,
    "askuserquestion": _NOTHING,
    "ask_user": _NOTHING,
    "exitplanmode": _NOTHING,
    "enterplanmode": _NOTHING,
    "toolsearch": _NOTHING,
    "waitformcpservers": _NOTHING,
    "reportfindings": _NOTHING,
    "listagents": _NOTHING,
    "sendmessage": _NOTHING,
    "skill": _NOTHING,
    "slashcommand": _NOTHING,
    "schedulewakeup": _NOTHING,
    "croncreate": _NOTHING,
    "crondelete": _NOTHING,
    "cronlist": _NOTHING,
    "save_memory": _NOTHING,
    "pushnotification": _NOTHING,
    "exitworktree": _NOTHING,
    "enterworktree": ("list", "path"),
    "senduserfile": _READ,
    "workflow": ("workflow", "scriptpath", "script"),
}

PATH_KEYS = frozenset(
    "path paths file files filename filepath file_path file_paths filepaths absolute_path absolutepath relative_path relativepath"
    " relative_workspace_path dir dirs dir_path directory directories folder folders root rootdir cwd workdir working_directory"
    " source sources src destination dest dst target target_file targetfile target_path targetpath output output_path outputpath"
    " output_file outfile input_file inputfile input_path notebook_path notebookpath repo_path repopath repo location old_path oldpath"
    " new_path newpath from_path to_path localpath local_path save_path savepath scriptpath script_path config config_path document"
    " image_path imagepath uri".split()
)
"""Argument names (lower case, without `-`) whose string values are taken for paths."""

COMMAND_KEYS = frozenset(
    (
        "command",
        "commands",
        "cmd",
        "cmdline",
        "commandline",
        "command_line",
        "shell",
        "shell_command",
        "shellcommand",
        "bash",
        "bash_command",
        "exec",
        "script",
        "terminal_command",
    )
)
"""Argument names whose string values are taken for command lines."""

PROGRAM_KEYS = frozenset(("program", "executable", "binary", "exe", "argv0", *COMMAND_KEYS))
"""Argument names that may hold a program whose arguments stand beside it."""

VECTOR_KEYS = frozenset(("args", "arguments", "argv", "argument_list", "parameters"))
"""Argument names that may hold a program's arguments."""

CODE_WORDS = {
    "python": "python",
    "py": "python",
    "ipython": "python",
    "jupyter": "python",
    "javascript": "javascript",
    "js": "javascript",
    "node": "javascript",
    "ruby": "ruby",
    "perl": "perl",
    "php": "php",
    "powershell": "powershell",
}
"""Words in a tool's name that tell the language of what it is given under `code`."""

CODE_KEYS = {
    "python": "python",
    "python_code": "python",
    "py": "python",
    "javascript": "javascript",
    "js": "javascript",
    "node": "javascript",
}
"""Argument names whose string values are code."""

HOST_KEYS = frozenset(
    (
        "url",
        "urls",
        "uri",
        "uris",
        "host",
        "hosts",
        "hostname",
        "domain",
        "endpoint",
        "base_url",
        "baseurl",
        "server_url",
        "webhook",
        "webhook_url",
        "callback_url",
        "address",
        "href",
        "link",
    )
)
"""Argument names whose string values are taken for hosts or URLs."""

CONTENT_KEYS = frozenset(
    (
        "content",
        "contents",
        "text",
        "data",
        "body",
        "new_string",
        "newstring",
        "new_str",
        "newstr",
        "value",
        "patch",
        "edits",
        "new_source",
        "replacement",
        "file_text",
        "filetext",
        "insert_text",
    )
)
"""Argument names that hold what is written somewhere, never a place itself."""

WRITE_WORDS = frozenset(
    (
        "write",
        "create",
        "edit",
        "save",
        "update",
        "put",
        "append",
        "patch",
        "insert",
        "replace",
        "upload",
        "mkdir",
        "touch",
        "modify",
        "set",
        "add",
        "generate",
        "export",
        "rename",
        "move",
        "copy",
        "commit",
        "overwrite",
        "download",
        "apply",
        "store",
        "new",
    )
)
DELETE_WORDS = frozenset(("delete", "remove", "rm", "unlink", "destroy", "erase", "trash", "purge", "drop"))
READ_WORDS = frozenset(
    (
        "read",
        "get",
        "view",
        "open",
        "cat",
        "show",
        "load",
        "fetch",
        "search",
        "grep",
        "find",
        "head",
        "tail",
        "stat",
        "info",
        "describe",
        "query",
        "parse",
        "analyze",
        "inspect",
        "diff",
        "copy",
        "move",
        "rename",
        "upload",
        "scan",
        "extract",
        "summarize",
        "import",
        "attach",
        "send",
        "embed",
        "index",
    )
)
LIST_WORDS = frozenset(("list", "ls", "tree", "glob", "dir", "directory"))
"""Words in an unknown tool's name that tell what it does with a path."""
