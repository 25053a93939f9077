"""TLC against redline, where Java and TLC are there; a command."""
