"""Persons and organisations served: registered once, known by a random id."""
