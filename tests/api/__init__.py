"""The API over a real store: writes, reads, refusals, and what is hostile."""
