"""Controlled vocabularies: codes with French and English labels, kept as data."""
