"""Answers as pages of HTML: self-contained, without script, readable aloud and on paper."""
