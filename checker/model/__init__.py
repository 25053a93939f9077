"""What a regime says, as typed values, and what it means for one situation and one request."""
