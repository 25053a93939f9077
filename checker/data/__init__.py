"""Typed expressions as SQL over tables that a mapping names, and tables as situations."""
