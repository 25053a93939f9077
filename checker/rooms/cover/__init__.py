"""Edits a law in every place, and finds which claims notice."""
