"""What the programs of `unknown` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
frobnicate --config=conf.yaml in.txt => run frobnicate --config=conf.yaml in.txt · read conf.yaml · read in.txt
frobnicate https://example.com/x => run frobnicate https://example.com/x · connect https://example.com/x
frobnicate word other => run frobnicate word other
./tool.sh data.csv => run ./tool.sh data.csv · read data.csv
"""
)
