"""The steps of a policy's life as commands: each parses its options, calls `gateway.authoring` and prints."""
