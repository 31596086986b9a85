"""`replay`: a session event by event, and as a tree."""
