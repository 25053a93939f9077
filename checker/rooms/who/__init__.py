"""Who can bring something about: coalitions of users, with their strategies and traps."""
