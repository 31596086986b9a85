"""cmd.exe: separators, `^`, quotes, redirections."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "cmd",
    r"""
del x => run cmd [inline] · run del x · write x [delete]
del /q x & dir => run cmd [inline] · run del /q x · write x [delete] · run dir
d^el x => run cmd [inline] · run del x · write x [delete]
"del" x => run cmd [inline] · run del x · write x [delete]
echo a > x => run cmd [inline] · write x
type .env => run cmd [inline] · run Get-Content .env · read .env
type .env | findstr A => run cmd [inline] · run Get-Content .env · read .env · run findstr A
copy a b => run cmd [inline] · run copy a b · read a · write b <file:/p/a>
rd /s /q x => run cmd [inline] · run rd /s /q x · write x [delete,tree]
if exist x del x => run cmd [inline] · run del x · write x [delete]
for %i in (*) do del %i => run cmd [inline] · run del □ · write □ [delete]
start notepad => run cmd [inline] · run notepad
call del x => run cmd [inline] · run del x · write x [delete]
powershell -c "rm x" => run cmd [inline] · run powershell -c rm x · run Remove-Item x · write x [delete]
curl https://a.example -o x.bat && x.bat => run cmd [inline] · run curl https://a.example -o x.bat · connect https://a.example · write x.bat <network:https://a.example> · run x.bat
set x=del & %x% y => run cmd [inline] · run □ y [inline] OPAQUE
@del x => run cmd [inline] · run del x · write x [delete]
(del x) => run cmd [inline] · run del x · write x [delete]
echo del x => run cmd [inline]
""",
)
