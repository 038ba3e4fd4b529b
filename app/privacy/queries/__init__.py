"""What we ask about what is held about people."""
