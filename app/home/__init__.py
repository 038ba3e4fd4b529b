"""Pages that gather from the features below, the first-run page, and the operator's commands. Nothing imports it."""
