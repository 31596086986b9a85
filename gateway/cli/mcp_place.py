"""Where a proxy finds its policy and keeps its record, and what it says about that when it starts."""

from __future__ import annotations

import sys

from gateway.analysis.event_text import one_line
from gateway.checkpoint import Checkpoint, Settings
from gateway.host.client_project import Whereabouts, own_store, project_policies, unwritable
from gateway.host.locations import project_root, trace_folder
from gateway.host.user_folders import config_folder
from gateway.model.errors import GatewayError
from gateway.model.record import Record, replaced

LONGEST_LINE = 2000


class Standing(Record):
    """What holds for the calls of a proxy that starts.

    settings  the checkpoint's settings, with a store that can be written where there is one
    policies  the files of the policy in force besides the baseline; of the user first
    revision  the policy's revision, "" when it cannot be read
    warnings  what the one who runs the proxy should know, one line each
    """

    __slots__ = ("policies", "revision", "settings", "warnings")

    def __init__(self, settings: Settings, policies: list[str], revision: str, warnings: list[str]) -> None:
        self.settings = settings
        self.policies = policies
        self.revision = revision
        self.warnings = warnings


def standing(settings: Settings, cwd: str, where: Whereabouts) -> Standing:
    """Return what holds for calls from a folder."""
    warnings = list(where.ignored)
    revision = ""
    checkpoint = Checkpoint(settings)
    own = [settings.policy_file] if settings.policy_file else project_policies((*settings.folders, cwd))
    try:
        policy = checkpoint.policy(cwd)
        revision = str(policy["revision"])
        if not own:
            warnings.append(
                f"NO PROJECT'S POLICY IS IN FORCE, only what always holds (revision {revision}): there is none in"
                f" {' or '.join(f'`{item}`' for item in (*settings.folders, cwd))} or above; name the project with --project DIR"
            )
    except GatewayError as error:
        warnings.append(f"EVERY CALL IS REFUSED: {error}")
    return Standing(_recording(settings, cwd, where, warnings), own, revision, warnings)


def _recording(settings: Settings, cwd: str, where: Whereabouts, warnings: list[str]) -> Settings:
    """Return settings whose store can be written, where that can be had; a store that was named is not exchanged for
    another.
    """
    if settings.trace_dir:
        return settings
    folder = where.recorded or (where.folders[0] if where.folders else cwd)
    store = trace_folder(project_root(folder))
    problem = unwritable(store, folder)
    if not problem:
        return replaced(settings, trace_dir=store) if where.recorded else settings
    instead = own_store()
    further = unwritable(instead, config_folder())
    warnings.append(f"{problem}; " + (f"and {further}" if further else f"the record is kept in `{instead}`"))
    found: Settings = settings if further else replaced(settings, trace_dir=instead)
    return found


def say(text: str) -> None:
    """Write one line for people; what a server, a file name or a variable brought into it cannot draw on a terminal."""
    sys.stderr.write(f"agent-strace: {one_line(text, LONGEST_LINE)}\n")
    sys.stderr.flush()


def tell(standing: Standing) -> None:
    """Say which policy is in force, or that there is none of a project."""
    for warning in standing.warnings:
        say(f"warning: {warning}")
    if standing.revision and standing.policies:
        say(f"policy in force: {', '.join(standing.policies)} (revision {standing.revision})")
