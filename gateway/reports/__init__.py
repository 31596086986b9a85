"""One question asked of the record each: a command that asks `analysis`, then text or JSON."""
