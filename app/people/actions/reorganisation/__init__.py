"""Acts on the org chart: foreseen first, with all that they do to people and roles, then carried out or withdrawn."""
