"""What acts, roles, rows and letters are called, in sentences and in plain cells: no form, no route, no HTML."""
