"""Search, evidence and verdicts."""
