"""Published results of employees' answers: the one door.

Whoever holds answers hands histograms by unit to `actions.publish`, which alone applies threshold, partition and
clamp (`stats.disclosure`), once per result set. A published set is frozen; it can only be withdrawn whole, and its
period is never published again. Every figure about employees that any page shows is read from here.
"""
