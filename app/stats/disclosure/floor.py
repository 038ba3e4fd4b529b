"""The number below which nothing about a group is ever told, whatever the company sets."""

FLOOR = 5
