"""`policy check`: whether a document means what its author thinks."""
