"""Changes of random laws that change nothing of what they mean; a command."""
