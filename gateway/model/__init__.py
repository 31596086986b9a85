"""The nouns that every other floor speaks of. Pure data, no behaviour beyond comparison."""
