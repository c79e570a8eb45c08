"""The catalogue of service items."""
