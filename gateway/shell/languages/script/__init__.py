"""Script languages read by one reader: tokens, calls, constants. Pure."""
