"""Doors of the events app for programs."""
