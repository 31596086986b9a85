"""What a record says. Folded from events; shown by others."""
