"""How large a change has to be before it can be told from chance."""

import math

from app.core.texts import _
from app.impact.figures import told_in_points
from app.impact.wording import words


def detectable(team: float | None, customers: float | None) -> str:
    """How large a change has to be before it can be told from chance; the best argument against chasing wiggles."""
    told = [each for each in (_never(team, customers), _from(_finite(team), _finite(customers))) if each]
    return " ".join(told)


def _finite(least: float | None) -> float | None:
    return None if least is None or math.isinf(least) else least


def _never(team: float | None, customers: float | None) -> str:
    if team == customers == math.inf:
        return _("With so few answers, no change of either score can be told from chance.")
    if team == math.inf:
        return _("With so few answers, no change of the team's score can be told from chance.")
    if customers == math.inf:
        return _("With so few answers, no change of the customers' score can be told from chance.")
    return ""


def least(change: float) -> str:
    points, places = told_in_points(change)
    return words.decimal(points, places)


def _from(team: float | None, customers: float | None) -> str:
    if team is not None and customers is not None:
        return _(
            "With this many answers, changes of about %(team)s points or more in the team's score and of about"
            " %(customers)s in the customers' can be told from chance.",
            team=least(team),
            customers=least(customers),
        )
    if team is not None:
        return _(
            "With this many answers, changes of about %(points)s points or more in the team's score can be told"
            " from chance.",
            points=least(team),
        )
    if customers is not None:
        return _(
            "With this many answers, changes of about %(points)s points or more in the customers' score can be told"
            " from chance.",
            points=least(customers),
        )
    return ""
