"""Posts with an A and a B holder (AB岗): never empty, never one person twice."""
