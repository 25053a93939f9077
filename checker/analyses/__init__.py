"""What people ask of a law besides its claims; every answer comes from claims that the engines decide."""
