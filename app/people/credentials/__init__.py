"""What somebody proves with that it is them: passwords, codes of the second factor and on slips, a known browser."""
