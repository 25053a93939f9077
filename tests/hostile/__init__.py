"""Input that means harm, by name and by chance; a command."""
