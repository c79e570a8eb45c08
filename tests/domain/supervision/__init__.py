"""Supervision policy."""
