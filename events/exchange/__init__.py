"""Series as calendar files."""
