"""`policy test`: run cases against a policy, with coverage and mutation score."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.test.output import FORMS, as_data
from gateway.authoring.test.run import Case, read_cases, run_cases
from gateway.host.locations import policies_from
from gateway.host.policy_reader import compile_policy
from gateway.host.resources import pack_path
from gateway.model.errors import NothingError
from gateway.model.json_text import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files of cases.")],
    policy: Annotated[
        str, typer.Option("--policy", metavar="FILE", help="A policy file or a pack instead of the one the cases name.")
    ] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORM", help=f"{', '.join(FORMS)}.")] = "text",
    minimum: Annotated[
        float,
        typer.Option("--min-score", metavar="PERCENT", help="Exit with 1 below this mutation score.", min=0, max=100),
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Run cases against policies; exit 1 if one fails. Coverage: rules that matched. Mutation score: rules whose
    removal fails a case.
    """
    if form not in FORMS:
        raise typer.BadParameter(f"expected {', '.join(FORMS)}, found `{form}`", param_hint="--format")
    cases: dict[str, list[Case]] = {}
    for path in files:
        named, read = read_cases(path)
        cases.setdefault(
            _policy_path(policy, os.getcwd()) or _policy_path(named, os.path.dirname(os.path.abspath(path))) or _own(),
            [],
        ).extend(read)
    runs = [run_cases(os.path.basename(path), _compiled(path), several) for path, several in cases.items()]
    sys.stdout.write(dumps(as_data(runs)) + "\n" if as_json else FORMS[form](runs))
    if any(run.failed or 100 * run.mutation_score < minimum for run in runs):
        raise typer.Exit(1)


def _policy_path(name: str, folder: str) -> str:
    """Return the file of a policy that is named as a pack or as a file, "" when none is named."""
    if not name:
        return ""
    return (pack_path(name) if "/" not in name and "." not in name else None) or os.path.abspath(
        os.path.join(folder, name)
    )


def _own() -> str:
    policies = policies_from(os.getcwd())
    if not policies:
        raise NothingError("no policy here", "name one with --policy, or with `policy:` in the file of cases")
    return policies[0]


def _compiled(path: str) -> CompiledPolicy:
    """Return the policy of a file alone above baseline, its own layer the last; of the pack beneath all, that pack."""
    return compile_policy([] if path == pack_path("baseline") else [("project", path)])[0]
