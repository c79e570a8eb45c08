"""Measurements, not tests: each writes its figures with the command that made them."""
