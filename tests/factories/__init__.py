"""Makes the objects tests need, through the same actions as everybody."""
