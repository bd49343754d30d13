"""The doors of the forum for programs."""
