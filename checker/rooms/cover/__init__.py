"""Which words of a law the claims would miss: every edit of it, and who notices."""
