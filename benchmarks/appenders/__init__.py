"""Who appends in `benchmarks.append`, and how it is timed."""
