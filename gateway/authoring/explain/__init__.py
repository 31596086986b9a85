"""`policy explain`: the commands of a call, and the rule behind its verdict."""
