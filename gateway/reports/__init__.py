"""Floor 5: one folder per question asked of a trace: `analysis` (pure), `text`, `command`."""
