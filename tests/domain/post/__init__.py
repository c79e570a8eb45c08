"""Posts with an A and a B holder."""
