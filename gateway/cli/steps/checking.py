"""`policy check`: parse, validate and run the examples of policy files."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.check.fix import mended, write_mended
from gateway.authoring.check.run import Report, check_file
from gateway.host.locations import policies_from
from gateway.model.errors import NothingError
from gateway.model.json_text import dumps


def command(
    files: Annotated[
        list[str] | None, typer.Argument(help="Policy files; the project's when left out.", metavar="[FILE]...")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Take out entries that have expired, repeat another or decide nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Parse and validate policy files and run their examples. Exits with 1 for a finding, 4 for a file that cannot be
    parsed.
    """
    paths = [os.path.abspath(path) for path in files or policies_from(os.getcwd())[:1]]
    if not paths:
        raise NothingError(
            "no policy here", "`agent-strace policy --output .agent-scope.json` makes one from what was recorded"
        )
    reports = [_fixed(path) if fix else check_file(path) for path in paths]
    if as_json:
        sys.stdout.write(dumps({"files": [report.data() for report in reports]}) + "\n")
    else:
        for report in reports:
            sys.stdout.write(report.text())
    raise typer.Exit(max(report.exit_code for report in reports))


def _fixed(path: str) -> Report:
    """Return what is left to say of a file once what is safe to mend is mended; says what was taken out."""
    report = check_file(path)
    text, taken = mended(path, report)
    if not taken:
        return report
    write_mended(path, text)
    sys.stderr.write("".join(f"{path}: taken out: {problem}\n" for problem in taken))
    return check_file(path)
