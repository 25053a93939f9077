"""What people ask of a law besides its claims, a room each; claims that are decided answer it."""
