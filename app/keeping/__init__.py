"""Keeping it: backups made while it runs, restored whole or not at all, and rehearsed.

A backup is one archive (`archive.py`) that says what is in it. How rows are copied and brought back is each
database's own (`stores/`); what must never be in it is said by the table itself: `info={"backup": False}`.
A restore always builds a second place, checks it, and swaps it in as its last step; a rehearsal does all but that.
"""
