"""redline: proves what a change to legal text does."""
