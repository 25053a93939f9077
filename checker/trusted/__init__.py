"""What each verdict requires, and the replay of stories: the trusted base, with what it imports."""
