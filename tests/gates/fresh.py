"""Write again what is generated from the code: `python -m tests.gates.fresh`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from gateway.policy.parse import schema
from gateway.reports.schemas.reports import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]


def report_schemas() -> dict[str, Any]:
    """Return one schema with a property for each report: the shape of what it prints with --json."""
    schemas, parts = msgspec.json.schema_components(DOCUMENTS.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://agent-strace.dev/schemas/reports.schema.json",
        "title": "What agent-strace prints with --json, by command",
        "type": "object",
        "properties": dict(zip(DOCUMENTS, schemas, strict=True)),
        "$defs": dict(parts),
    }


def main() -> None:
    """Write the schemas, the reference and the index of the detectors."""
    from tests.gates.reference import reference
    from tests.redaction.fresh_index import text_of_index

    (ROOT / "gateway" / "redaction" / "index.py").write_text(text_of_index())
    path = ROOT / "schemas" / "agent-scope.schema.json"
    path.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")
    (ROOT / "schemas" / "reports.schema.json").write_text(json.dumps(report_schemas(), indent=1, ensure_ascii=False) + "\n")
    (ROOT / "docs" / "reference.md").write_text(reference())


if __name__ == "__main__":
    main()
