"""What a credential and what personal data look like, and how they are taken out. Pure; knows no door and no agent."""
