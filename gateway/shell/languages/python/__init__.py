"""Python code read by its own grammar. Pure."""
