"""The first steps of a company, ticked by what is really there."""

from dataclasses import dataclass

from flask import url_for

from app.core.permissions import Permission
from app.core.texts import _, ngettext
from app.home.queries.progress import Progress
from app.people.models import Account


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    done: bool
    action_label: str
    action_url: str


def steps(person: Account, found: Progress, drafts: int) -> list[Step]:
    """Each with the import that does it, for those who may."""
    return [
        Step(
            _("Bring in the units"),
            ngettext("%(num)s unit so far", "%(num)s units so far", found.units),
            found.units > 1,
            _("Import"),
            _import_url(person, "units", Permission.UNIT_IMPORT),
        ),
        Step(
            _("Bring in the people"),
            ngettext("%(num)s person so far", "%(num)s people so far", found.people),
            found.people > 1,
            _("Import"),
            _import_url(person, "employees", Permission.EMPLOYEE_IMPORT),
        ),
        Step(
            _("Bring in customers' feedback"),
            _customers_text(found),
            found.has_customers,
            _("Import"),
            _import_url(person, "feedback", Permission.FEEDBACK_IMPORT),
        ),
        Step(
            _("Bring in employees' results and publish them"),
            _results_text(found, drafts),
            found.sets > 0,
            _("Import"),
            _import_url(person, "results", Permission.RESULT_IMPORT),
        ),
        Step(
            _("Look at the two voices side by side"),
            _("As soon as customers' feedback is in and a result is published."),
            False,
            _("Open"),
            url_for("impact.show_company") if found.has_customers or found.sets else "",
        ),
    ]


def _customers_text(found: Progress) -> str:
    if found.answers or not found.groups:
        return ngettext("%(num)s answer so far", "%(num)s answers so far", found.answers)
    return ngettext("%(num)s published mean so far", "%(num)s published means so far", found.groups)


def _results_text(found: Progress, drafts: int) -> str:
    text = ngettext("%(num)s result published", "%(num)s results published", found.sets)
    if not drafts:
        return text
    return f"{text}, " + ngettext("%(num)s draft waits", "%(num)s drafts wait", drafts)


def _import_url(person: Account, kind: str, permission: Permission) -> str:
    return url_for("imports.choose_file", kind=kind) if person.may(permission) else ""
