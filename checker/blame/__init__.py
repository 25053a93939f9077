"""Which words of the law a verdict rests on."""
