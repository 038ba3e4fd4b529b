"""Numbers that the product promises, measured as ratios side by side in one run: `python -m bench`."""
