"""Owns sheets in and out as files: Markdown with front matter, CSV, JSON-LD."""
