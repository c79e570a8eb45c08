"""The service items offered, each in published, immutable versions."""
