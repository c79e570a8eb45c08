"""Policy of electronic supervision: when a case is warned of (R-403)."""
