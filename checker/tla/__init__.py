"""A column as TLA+: the law as a module, each claim with the finite instance that it is asked of."""
