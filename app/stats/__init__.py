"""Pure numbers: scores and their uncertainty, what may be shown, what goes together.

No Flask, no database, nothing else of ours. Counts are always `(detractors, passives, promoters)` and scores are in
points from -100 to 100. Employees' numbers pass through `disclosure` before anything is shown; customers' numbers go
straight to `scores`. The formulas, their sources and the values they are tested against: `methods.md`.
"""
