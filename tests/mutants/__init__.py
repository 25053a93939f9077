"""Mistakes put into the checker on purpose, each of which tests, verdicts or certifier must see."""
