"""Rules that decide nothing, and words and rules that do not fit each other."""
