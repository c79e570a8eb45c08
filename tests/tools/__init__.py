"""Command-line tools that write what is generated."""
