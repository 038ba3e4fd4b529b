"""The demo company "Bank Wisła": a made-up bank to try the product with, loaded by choice into an empty place.

`story/` invents it (pure: a date in, rows out); loading and removing it go through the same imports that anybody uses.
"""
