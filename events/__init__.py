"""Workshop series, their occurrences, seats, topics, live room and minutes."""
