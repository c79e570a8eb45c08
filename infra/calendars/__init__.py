"""Calendar data shipped with the program, one reviewed file a year (R-606)."""
