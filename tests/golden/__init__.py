"""The golden corpus: one stored event of every name and version ever released."""
