"""What we do to people and units: verbs that flush and never commit."""
