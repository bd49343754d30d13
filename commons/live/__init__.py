"""Live rooms: one hub per process, sockets that stall nobody. The database is the truth, a frame is a hint."""
