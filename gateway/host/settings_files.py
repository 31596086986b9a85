"""Other programs' settings files: read, written back atomically with a backup, mode and symlinks kept."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from gateway.host.writing import PRIVATE, SHARED, write_text
from gateway.model.errors import GatewayError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as read: its text, its value, and how it was indented."""

    text: str
    value: JsonObject
    indent: int | str
    exists: bool

    def rendered(self, value: JsonObject) -> str:
        """Return the text of a changed value; an unchanged one keeps its text to the byte."""
        if value == self.value and self.exists:
            return self.text
        end = "\n" if self.text.endswith("\n") or not self.text else ""
        return json.dumps(value, indent=self.indent, ensure_ascii=False) + end


def read_settings(path: str) -> SettingsFile:
    """Return a JSON settings file; one that is not there is empty. Raises GatewayError when it is not a JSON object."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except FileNotFoundError:
        return SettingsFile("", {}, 2, exists=False)
    try:
        value = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise GatewayError(f"`{path}` is not JSON: {error}", "mend it first; nothing was changed") from None
    if not isinstance(value, dict):
        raise GatewayError(f"`{path}` is not a JSON object", "mend it first; nothing was changed")
    return SettingsFile(text, value, _indent(text), exists=True)


def _indent(text: str) -> int | str:
    for line in text.splitlines()[1:]:
        blank = line[: len(line) - len(line.lstrip())]
        if blank:
            return "\t" if blank.startswith("\t") else len(blank)
    return 2


def write_settings(path: str, text: str, before: SettingsFile) -> str:
    """Replace a settings file atomically; return the path of the backup, "" when there was nothing to keep."""
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    os.makedirs(folder, exist_ok=True)
    backup = ""
    if before.exists:
        backup = f"{target}.agent-strace-backup"
        if not os.path.exists(backup):
            write_text(backup, before.text, mode=PRIVATE, durable=True)
    write_text(target, text, mode=SHARED if before.exists else PRIVATE, durable=True)
    return backup
