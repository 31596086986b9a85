"""The shapes of what reports print with `--json`. Pure data."""
