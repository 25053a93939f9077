"""The second opinion: every situation of a small instance, without solver and without strategies."""
