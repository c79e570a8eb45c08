"""A case: one citizen's errand from first contact to rating, step by step."""
