"""Pages of the area: glossary."""
