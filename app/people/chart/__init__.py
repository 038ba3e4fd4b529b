"""The org chart in time, without a database: units' dated versions, what somebody wishes, and what comes of it.

The import of units and the acts on the screen keep the same rules; they stand here, once.
"""
