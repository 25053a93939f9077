"""Why something is so, for people: which facts to tell, what things are called, and in which sentences."""
