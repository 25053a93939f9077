"""What each verdict requires, and the replay of stories: with what it rests on, all that must be believed."""
