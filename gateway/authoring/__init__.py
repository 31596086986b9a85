"""The life of a policy: evaluate, check, and what grows from there. One step each."""
