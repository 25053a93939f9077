"""Verdicts, stories and the law as people and machines read them; nothing here prints."""
