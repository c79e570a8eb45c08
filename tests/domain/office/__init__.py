"""Offices: division codes and how an office is opened and renamed."""
