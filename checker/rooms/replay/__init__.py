"""Whether a log of requests obeyed the law."""
