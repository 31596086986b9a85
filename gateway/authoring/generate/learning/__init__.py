"""Learning a least-privilege policy from what was recorded: what was seen, how far it may be generalised, what is left
to a person.
"""
