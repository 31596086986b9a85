"""`policy`: the least-privilege policy that fits what was recorded."""
