"""One search for everything: one index, two engines behind one protocol, an outbox between writes and engine."""
