"""Pages of the area: houses."""
