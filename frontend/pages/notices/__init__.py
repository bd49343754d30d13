"""Pages of the area: notices."""
