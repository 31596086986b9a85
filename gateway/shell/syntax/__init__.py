"""Bytes to tree: the grammar of bash(1). Pure; knows nothing of what commands do."""
