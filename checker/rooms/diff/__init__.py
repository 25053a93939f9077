"""What one column decides differently from another, as few readable cases."""
