"""Spans of days, working days and public holidays, without a database: what is counted, and not whose it is."""
