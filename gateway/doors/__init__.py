"""Where calls enter. Doors translate, they never judge."""
