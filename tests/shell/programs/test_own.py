"""The gateway's own command carries nothing past the policy."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
agent-strace list => run agent-strace list
agent-strace exec --redact -- rm x => run agent-strace exec --redact -- rm x [wrapper] · run rm x · write x [delete]
agent-strace exec rm -f x => run agent-strace exec rm -f x [wrapper] · run rm -f x · write x [delete]
agent-strace --trace-dir t record --name n -- rm x => run agent-strace --trace-dir t record --name n -- rm x [wrapper] · run rm x · write x [delete]
agent-strace record-http https://a.example => run agent-strace record-http https://a.example · connect https://a.example
agent-strace export latest --endpoint https://a.example -o f => run agent-strace export latest --endpoint https://a.example -o f · connect https://a.example · write f <network:https://a.example>
agent-strace share latest -o f => run agent-strace share latest -o f · write f
agent-strace policy --output f => run agent-strace policy --output f · write f
agent-strace policy check f => run agent-strace policy check f · read f
agent-strace policy check --fix f => run agent-strace policy check --fix f · read f · write f <file:/p/f>
agent-strace watch --webhook https://a.example --alert-file f => run agent-strace watch --webhook https://a.example --alert-file f · connect https://a.example · write f <network:https://a.example>
python -m gateway exec -- rm x => run python -m gateway exec -- rm x [wrapper] · run agent-strace exec -- rm x [wrapper] · run rm x · write x [delete]
python3 -I -S /opt/gateway/entry.py exec -- rm x => run python3 -I -S /opt/gateway/entry.py exec -- rm x [wrapper] · run agent-strace exec -- rm x [wrapper] · run rm x · write x [delete]
uvx agent-strace list => run uvx agent-strace list [runner] · run agent-strace list
"""
)
