"""A column as TLA+: the law as one module, and each claim as a module with its own finite instance."""
