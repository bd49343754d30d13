"""Owns the demonstration commons: its data files, loading them through the actions, and removing them."""
