"""Analyses: what is asked as claims, and what is found from the answers."""
