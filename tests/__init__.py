"""Tests: a folder for each package of the checker, one for each long command, and what they share."""
