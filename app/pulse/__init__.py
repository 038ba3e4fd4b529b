"""Pulse: what employees answer. Here, so far, results of past pulses that come in from files.

An import fills a draft set, which nobody sees as numbers. Publishing hands it through the one door of `results`
and then destroys the draft: what remains is what may be shown.
"""
