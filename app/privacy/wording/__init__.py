"""The record of a person in plain words."""
