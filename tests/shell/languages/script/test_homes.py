"""The home folder, however a script language spells it."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_of_javascript = code_rows(
    "javascript",
    r"""
require('fs').writeFileSync(require('os').homedir() + '/.bashrc', 'x') => run javascript [inline] · write ~/.bashrc
fs.rmSync(os.homedir(), {recursive: true}) => run javascript [inline] · write ~ [delete,tree]
fs.readFileSync(process.env.HOME + '/.ssh/id_rsa') => run javascript [inline] · read ~/.ssh/id_rsa
fs.readFileSync(os.tmpdir() + '/x') => run javascript [inline] · read □
""",
)

test_of_ruby = code_rows(
    "ruby",
    r"""
File.write(File.expand_path("~/.bashrc"), "x") => run ruby [inline] · write ~/.bashrc
FileUtils.rm_rf(Dir.home) => run ruby [inline] · write ~ [delete,tree]
File.read(ENV["HOME"] + "/.netrc") => run ruby [inline] · read ~/.netrc
""",
)

test_of_php = code_rows(
    "php",
    r"""
unlink(getenv("HOME") . "/x"); => run php [inline] · write ~/x [delete]
readfile($_SERVER["HOME"] . "/.netrc"); => run php [inline] · read ~/.netrc
""",
)

test_of_lua = code_rows(
    "lua",
    r"""
os.remove(os.getenv("HOME") .. "/x") => run lua [inline] · write ~/x [delete]
""",
)
