"""What code deletes that it found in a folder lies in that folder."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_of_perl = code_rows(
    "perl",
    r"""
unlink glob "/etc/*" => run perl [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
unlink glob "*.log" => run perl [inline] · read *.log [list] · write ./□ [delete,tree]
find(sub { unlink }, "/") => run perl [inline] · read / [list] · write /□ [delete,tree]
unlink $x => run perl [inline] · write □ [delete]
unlink "a", glob "b/*" => run perl [inline] · read b/* [list] · write a [delete]
""",
)
test_of_ruby = code_rows(
    "ruby",
    r"""
Dir.glob("/**/*").each { |f| File.delete(f) } => run ruby [inline] · read /**/* [list] · write /□ [delete,tree]
Dir["/etc/*"].each { |f| File.unlink f } => run ruby [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
Dir["tmp/*.log"].each { |f| puts f } => run ruby [inline] · read tmp/*.log [list]
""",
)
test_of_php = code_rows(
    "php",
    r"""
foreach (glob("/etc/*") as $f) unlink($f); => run php [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
array_map("unlink", glob("/etc/*")); => run php [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
array_map("trim", glob("/etc/*")); => run php [inline] · read /etc/* [list]
""",
)
test_of_javascript = code_rows(
    "javascript",
    r"""
for (const f of require("fs").readdirSync("/etc")) require("fs").unlinkSync(f) => run javascript [inline] · read /etc [list] · write /etc/□ [delete,tree]
await Bun.$`rm -rf x` => run javascript [inline] · run rm -rf x · write x [delete,tree]
$("#x") => run javascript [inline]
""",
)
