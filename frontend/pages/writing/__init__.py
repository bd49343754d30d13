"""Pages of the area: writing."""
