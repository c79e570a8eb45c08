"""The rules of case handling as pure Python: no I/O, no clock, no framework."""
