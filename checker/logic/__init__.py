"""First-order terms, and the translation of the law into them and of them into the solver's."""
