"""Pages of the area: curation."""
