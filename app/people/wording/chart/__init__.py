"""The acts on the org chart in words: what they are called, what they would do, and what was decided."""
