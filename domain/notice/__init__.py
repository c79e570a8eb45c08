"""Notices to offices: a case near or past its limit, a negative rating."""
