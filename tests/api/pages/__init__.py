"""Tests of the pages and the live board."""
