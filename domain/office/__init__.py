"""Offices of the three tiers: county centre, township centre, village point."""
