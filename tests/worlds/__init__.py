"""Verdicts without redline: claims decided by their definitions in worlds of a few things."""
