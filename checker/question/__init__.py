"""What is asked: one claim in one column, in the terms of a transition system; and what an answer is."""
