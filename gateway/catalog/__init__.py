"""Facts about the world that every room asks: programs and their options, agents' tools, environment variables. Pure
data, no judgement.
"""
