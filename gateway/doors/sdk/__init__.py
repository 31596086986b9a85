"""The door of Python programs: decorators, sessions, and what they may clean by themselves."""
