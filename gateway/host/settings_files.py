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
class SettingsText:
    """A settings file of any format as read: its text, "" where it is not there."""

    text: str
    exists: bool


@dataclass(frozen=True, slots=True)
class SettingsFile(SettingsText):
    """A JSON settings file as read: its value too, and how it was indented."""

    value: JsonObject
    indent: int | str

    def rendered(self, value: JsonObject) -> str:
        """Return the text of a changed value; an unchanged one keeps its text to the byte."""
        if value == self.value:
            return self.text
        end = "\n" if self.text.endswith("\n") or not self.text else ""
        return json.dumps(value, indent=self.indent, ensure_ascii=False) + end


def read_text(path: str) -> SettingsText:
    """Return a settings file of any format; one that is not there is empty. Raises GatewayError when it is not
    UTF-8.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            return SettingsText(file.read(), exists=True)
    except FileNotFoundError:
        return SettingsText("", exists=False)
    except UnicodeDecodeError:
        raise GatewayError(f"`{path}` is not UTF-8", _ADVICE) from None


def read_settings(path: str) -> SettingsFile:
    """Return a JSON settings file; one that is not there is empty. Raises GatewayError when it is not a JSON object."""
    before = read_text(path)
    try:
        return parse_settings(before.text, exists=before.exists)
    except GatewayError as error:
        raise GatewayError(f"`{path}` is {error.problem}", _ADVICE) from None


def parse_settings(text: str, *, exists: bool = True) -> SettingsFile:
    """Return JSON settings; "" is empty settings. Raises GatewayError when the text is not a JSON object."""
    try:
        value = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise GatewayError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise GatewayError("not a JSON object")
    return SettingsFile(text, exists, value, _indent(text))


_ADVICE = "fix it first; nothing was changed"


def _indent(text: str) -> int | str:
    for line in text.splitlines()[1:]:
        blank = line[: len(line) - len(line.lstrip())]
        if blank:
            return "\t" if blank.startswith("\t") else len(blank)
    return 2


def write_settings(path: str, text: str, before: SettingsText) -> str:
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
