"""Everything that touches the world: store, desk, clock, settings, PostgreSQL."""
