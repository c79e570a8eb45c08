"""A county that lives by a seed: its steps, and playing them through the door."""
