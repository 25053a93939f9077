"""First-order terms, the translation of the law into them, and their translation into the solver's terms."""
