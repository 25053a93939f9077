"""A regime as typed values, and its meaning for one situation and one request."""
