"""Tests of `checker.question`: claims about comparisons, deployments, and requests under way."""
