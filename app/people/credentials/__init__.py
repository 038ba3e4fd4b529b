"""What somebody proves with that it is them: passwords, codes, tokens, a known browser."""
