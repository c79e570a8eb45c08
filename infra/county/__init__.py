"""A sample county for demonstrations: its offices, people, posts and items."""
