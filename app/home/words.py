"""What the acts of the audit log are called on the screen; the log itself keeps their code, by which it is searched."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

ACTS: dict[str, LazyString] = {
    "account.created": _l("Account created"),
    "assignment.changed": _l("Work of a person changed"),
    "draft_set.removed": _l("Draft of results removed"),
    "employee.added": _l("Person added"),
    "employee.changed": _l("Person changed"),
    "import.accepted": _l("Import accepted"),
    "import.set_aside": _l("Import set aside"),
    "password.changed": _l("Password changed"),
    "result_set.published": _l("Results published"),
    "result_set.withdrawn": _l("Results withdrawn"),
    "role.granted": _l("Role given"),
    "rollup.mended": _l("Counts of customers' answers mended"),
    "session.ended": _l("Sign-in ended"),
    "session.opened": _l("Signed in"),
    "setting.changed": _l("Setting changed"),
    "unit.changed": _l("Unit changed"),
    "unit.opened": _l("Unit opened"),
}
