"""What can be done with a law, one module for each: what `checker.api` offers, and all that commands do."""
