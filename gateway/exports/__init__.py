"""A session in the forms other tools read: one file per format, imported on demand. Streams, and is cleaned again on
its way out.
"""

from __future__ import annotations

FORMATS = {
    "json": "json_array",
    "csv": "csv_rows",
    "ndjson": "ndjson_lines",
    "otlp": "otlp.document",
    "chrome": "chrome_trace",
}
"""Forms that can be written, and the module whose `written` yields one piece by piece."""
