"""Rules without effect, and words and rules that do not fit each other."""
