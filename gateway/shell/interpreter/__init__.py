"""A tree to actions: what a command line would do, as far as it can be known. Pure and total."""
