"""Persons and organisations: numbers, registration, masking."""
