"""Imports: from a file that somebody has to rows that a feature can take.

Reading, mapping and suggesting are pure: they touch neither database nor request.
"""
