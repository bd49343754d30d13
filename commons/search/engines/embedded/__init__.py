"""The embedded engine: tantivy for the index, our own modules for what it lacks."""
