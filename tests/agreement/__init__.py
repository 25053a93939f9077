"""The meaning against the solver's terms, on situations at random; a command."""
