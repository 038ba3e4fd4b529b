"""Headers of the exports: each column has a name of its own, so that a program can read it by its name."""

from app.core.texts import _


def team_columns() -> list[str]:
    return [_("Team: interval from"), _("Team: interval to"), _("Team: change")]


def satisfaction_columns() -> list[str]:
    return [
        _("CSAT, percent satisfied"), _("CSAT: answers"), _("CSAT: interval from"), _("CSAT: interval to"),
        _("CES, mean"), _("CES: answers"), _("CES: interval from"), _("CES: interval to"),
    ]  # fmt: skip


def customers_columns() -> list[str]:
    return [_("Customers: interval from"), _("Customers: interval to"), _("Customers: change")]
