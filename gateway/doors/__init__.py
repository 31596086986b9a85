"""Floor 5: where calls enter. Doors translate, they never judge."""
