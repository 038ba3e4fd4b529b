"""Scores, their uncertainty, and whether they changed. Sources and reference values: methods.md, section 1."""

from app.stats.checked import Counts
from app.stats.scores.change import Change, Verdict, adjust, approximate_p, can_tell, change, minimum_detectable_change
from app.stats.scores.means import mean_interval
from app.stats.scores.net import (
    counts_from_histogram,
    interval,
    interval_around_score,
    net_score,
    standard_error,
    variance,
)
from app.stats.scores.shares import newcombe_difference, top_box, wilson
from app.stats.scores.team import certain_bounds, team_interval

__all__ = [
    "Change",
    "Counts",
    "Verdict",
    "adjust",
    "approximate_p",
    "can_tell",
    "certain_bounds",
    "change",
    "counts_from_histogram",
    "interval",
    "interval_around_score",
    "mean_interval",
    "minimum_detectable_change",
    "net_score",
    "newcombe_difference",
    "standard_error",
    "team_interval",
    "top_box",
    "variance",
    "wilson",
]
