"""The API of people, houses, networks and tokens."""
