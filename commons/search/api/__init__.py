"""The API of the search."""
