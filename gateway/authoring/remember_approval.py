"""`approve --remember`: from one answer to a change of the user's policy, shown with all that it changes before it is
made.
"""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Callable

from gateway.authoring.backtest.output import as_text as tried_text
from gateway.authoring.backtest.run import Backtester
from gateway.authoring.diff.compare import compared
from gateway.authoring.diff.output import as_text
from gateway.host.policy_files import load_policy, policy_if
from gateway.host.settings_files import read_settings, write_settings
from gateway.host.user_folders import config_folder
from gateway.model.errors import GatewayError
from gateway.traces.reader import events, sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.json_text import JsonObject


MAX_SESSIONS = 20
"""Sessions of the store, the last ones, on which a change is tried before it is made."""


def remembered(asked: JsonObject, answer: Callable[[str], str]) -> bool:
    """Show what taking back the entries that asked would change, and make the change when a person agrees.

    asked   the waiting call, as `gateway.host.approvals` keeps it
    answer  asks a person
    Raises GatewayError when the rule cannot be taken back by itself.
    """
    cwd = str(asked["cwd"])
    old = load_policy((cwd,))
    names = entries_that_asked(old, asked)
    path = f"{config_folder()}/agent-scope.json"
    before = read_settings(path)
    value = {
        **before.value,
        "relax": [
            *before.value.get("relax", []),
            *(name for name in names if name not in before.value.get("relax", [])),
        ],
    }
    text = before.rendered(value) if before.exists else json.dumps(value, indent=2) + "\n"
    sys.stderr.writelines(difflib.unified_diff(before.text.splitlines(True), text.splitlines(True), path, path))
    new = policy_if((cwd,), {path: text})
    sys.stderr.write("\n" + as_text("today", "changed", compared(old, new, cwd=cwd)))
    sys.stderr.write("\n" + tried_on("the changed policy", new, str(asked.get("store") or ""), cwd))
    if answer("Type yes to change the policy so, anything else to leave it: ") != "yes":
        sys.stderr.write("The policy stays as it is.\n")
        return False
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    write_settings(path, text, before)
    sys.stderr.write(f"{path}: written\n")
    return True


def tried_on(name: str, policy: CompiledPolicy, store: str, folder: str) -> str:
    """Return what a policy says of the calls that the store's last sessions recorded."""
    tester = Backtester(policy)
    for session in sessions(store)[:MAX_SESSIONS] if store else ():
        tester.session(session, events(store, session), folder)
    return tried_text(name, tester.result)


def entries_that_asked(policy: CompiledPolicy, asked: JsonObject) -> list[str]:
    """Return the ids of the baseline entries that a call waits for. Raises GatewayError when another rule asked,
    too.
    """
    names = {
        entry["source"]: entry["id"]
        for layer in policy["layers"]
        if layer["builtin"]
        for entry in _entries(layer["sections"])
        if "id" in entry
    }
    entries: list[str] = []
    for reason in asked.get("reasons") or ():
        if reason.get("effect") != "ask":
            continue
        name = names.get(reason.get("source"))
        if name is None:
            where = reason.get("source") or "the policy"
            raise GatewayError(
                f"`{reason.get('rule')}` is no entry of baseline that could be taken back", f"change it in {where}"
            )
        entries.append(name)
    if not entries:
        raise GatewayError("no rule asked about this call", "allow it once")
    return list(dict.fromkeys(entries))


def _entries(value: object) -> list[JsonObject]:
    if isinstance(value, dict):
        own = [value] if "source" in value and "match" in value else []
        return own + [entry for item in value.values() for entry in _entries(item)]
    return [entry for item in value for entry in _entries(item)] if isinstance(value, list) else []
