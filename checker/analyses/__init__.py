"""Analyses: questions that are answered by asking claims, each of which an engine decides."""
