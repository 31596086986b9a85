"""Floor 5, lower half: what a record says. Folded from events; shown by others."""
