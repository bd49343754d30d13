"""SQLite for several writers at once: they wait in line instead of sleeping and trying again."""
