"""The record. `writer` appends (the checkpoint alone uses it), `reader` and its indexes read."""
