"""Limits: how they are written, counted and judged. Pure."""
