"""What people ask of a law besides its claims, one room for each question. Decided claims answer it."""
