"""What may be shown of employees' answers. Sources and reference values: methods.md, sections 5.2 to 5.5.

In this order, once per result set: `publishable` cuts the tree into blocks by counts alone, `clamp_histogram` bends
every block so that it proves nobody's answer, `sums_of_blocks` adds them up the tree, and the `shown_...` functions
turn a node's counts into what leaves the house. Nothing here ever looks at answers to decide whether to show them.
"""

from app.stats.disclosure.clamping import clamp, clamp_histogram, clamp_mean, clamped_bands
from app.stats.disclosure.display import (
    coarse,
    comments_allowed,
    histogram_allowed,
    shares_allowed,
    shown_certain_bounds,
    shown_change,
    shown_interval,
    shown_score,
    shown_team_interval,
)
from app.stats.disclosure.floor import FLOOR
from app.stats.disclosure.summing import NodeSum, sums_of_blocks
from app.stats.disclosure.tree import blocks, has_small, publishable

__all__ = [
    "FLOOR",
    "NodeSum",
    "blocks",
    "clamp",
    "clamp_histogram",
    "clamp_mean",
    "clamped_bands",
    "coarse",
    "comments_allowed",
    "has_small",
    "histogram_allowed",
    "publishable",
    "shares_allowed",
    "shown_certain_bounds",
    "shown_change",
    "shown_interval",
    "shown_score",
    "shown_team_interval",
    "sums_of_blocks",
]
