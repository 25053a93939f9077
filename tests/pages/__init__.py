"""Tests of what people read: the tour, the README, the limits, and what pages name."""
