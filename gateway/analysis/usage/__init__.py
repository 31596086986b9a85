"""What a session's requests to models used: as the record tells, as the agent's own transcript tells, or estimated."""
