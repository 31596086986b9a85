"""Pages: a session, the dashboard, and what they are written from."""
