"""Impact: a unit's eNPS beside its customers' NPS, and the company's units side by side.

It owns no table: employees' figures come through `results`, customers' from the rollups of `voice`.
"""
