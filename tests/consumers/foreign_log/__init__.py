"""Foreign logs by a mapping alone."""
