"""Looking at the machine. The one place that reads paths, clocks and policy files; what it sees is recorded as
facts.
"""
