"""What the programs of `multipliers` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
xargs rm < list.txt => read list.txt · run xargs rm [wrapper] · run rm □ · write □ [delete]
ls | xargs -n1 cat => run ls · run xargs -n1 cat [wrapper] · run cat □ · read □
find . -print0 | xargs -0 rm -f => run find . -print0 · read . [list] · run xargs -0 rm -f [wrapper] · run rm -f □ · write □ [delete]
parallel rm ::: a b => run parallel rm ::: a b [wrapper] · run rm a · write a [delete] · run rm b · write b [delete]
watch -n1 cat log.txt => run watch -n1 cat log.txt [wrapper] · run cat log.txt · read log.txt
echo x | xargs -I{} cp {} dest => run echo x · run xargs -I{} cp {} dest [wrapper] · run cp □ dest · read □ · write dest <file:/p/□>
"""
)
