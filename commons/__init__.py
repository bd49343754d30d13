"""The project (settings, addresses, servers) and what every app shares."""
