"""Pages of the area: catalogue."""
