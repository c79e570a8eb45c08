"""Views: one file each, derived from the log by position, disposable."""
