"""What random laws are made of, and what they never are; a command."""
