"""The doors of moderation for programs."""
