"""Headers of the exports: each column has a name of its own, so that a program can read it by its name."""

from app.core.texts import _


def team_columns() -> list[str]:
    return [*team_span(), _("Team: change")]


def team_span() -> list[str]:
    return [_("Team: interval from"), _("Team: interval to")]


def satisfaction_columns() -> list[str]:
    return [
        _("CSAT, percent satisfied"), _("CSAT: answers"), _("CSAT: interval from"), _("CSAT: interval to"),
        _("CES, mean"), _("CES: answers"), _("CES: interval from"), _("CES: interval to"),
    ]  # fmt: skip


def customers_columns() -> list[str]:
    return [*customers_span(), _("Customers: change")]


def customers_span() -> list[str]:
    return [_("Customers: interval from"), _("Customers: interval to")]
