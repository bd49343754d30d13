"""What operators may do with the forum."""
