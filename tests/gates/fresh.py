"""Write again what is generated from the code: `python -m tests.gates.fresh`."""

from __future__ import annotations

import json
from pathlib import Path

from gateway.policy.parse import schema

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write the schemas and the index of the detectors."""
    from tests.redaction.fresh_index import text_of_index

    (ROOT / "gateway" / "redaction" / "index.py").write_text(text_of_index())
    path = ROOT / "schemas" / "agent-scope.schema.json"
    path.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
