"""Pages of the area: about."""
