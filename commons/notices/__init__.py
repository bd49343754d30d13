"""Notices: a fact becomes one notice per person and subject, and leaves by the channels that the person chose."""
