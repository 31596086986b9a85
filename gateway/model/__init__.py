"""Floor 0: the nouns every other floor speaks of. Pure data, no behaviour beyond comparison."""
