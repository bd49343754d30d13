"""Pages of the area: operations."""
