"""Owns text: Markdown to safe HTML, embeds, excerpts, differences, comparison keys. Knows no app."""
