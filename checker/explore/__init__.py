"""The second opinion: explores every situation of a small instance, without solver or strategies."""
