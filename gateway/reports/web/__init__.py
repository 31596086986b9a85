"""The front end of pages that stand by themselves: sources, and what they are built into, checked in."""
