"""What the roles and kinds of this feature are called on the screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.people.models import LeaveKind, UnitKind

ROLES: dict[Role, LazyString] = {
    Role.EMPLOYEE: _l("Employee"),
    Role.MANAGER: _l("Manager"),
    Role.TRAINER: _l("Trainer"),
    Role.HR: _l("HR"),
    Role.LEADERSHIP: _l("Leadership"),
    Role.CX_LEAD: _l("CX lead"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
KINDS: dict[UnitKind, LazyString] = {
    UnitKind.COMPANY: _l("Company"),
    UnitKind.REGION: _l("Region"),
    UnitKind.DEPARTMENT: _l("Department"),
    UnitKind.BRANCH: _l("Branch"),
    UnitKind.TEAM: _l("Team"),
}
# What a role lets its holder do, as the pages of rights say it; the last ones only on the whole company.
P = Permission
RIGHTS: dict[Permission, LazyString] = {
    P.IMPACT_READ: _l("see numbers"),
    P.FEEDBACK_IMPORT: _l("bring customers' feedback"),
    P.RESULT_IMPORT: _l("bring employees' results"),
    P.UNIT_IMPORT: _l("bring units"),
    P.EMPLOYEE_IMPORT: _l("bring people"),
    P.EMPLOYEE_EDIT: _l("say who joins, moves and leaves"),
    P.ROLE_GRANT: _l("give roles"),
    P.SLIP_PRINT: _l("print slips for whoever cannot sign in"),
}
RIGHTS_ON_COMPANY: dict[Permission, LazyString] = {
    P.RESULT_PUBLISH: _l("publish results"),
    P.SETTING_EDIT: _l("change settings"),
    P.AUDIT_READ: _l("read the audit log"),
}


def may_words(role: Role, *, is_company: bool) -> str:
    """What the role lets do on a unit, in a line: "see numbers, bring people"."""
    if role is Role.ADMINISTRATOR:
        return str(_l("everything"))
    acts = RIGHTS | RIGHTS_ON_COMPANY if is_company else RIGHTS
    held = [str(words) for permission, words in acts.items() if permission in ROLE_PERMISSIONS[role]]
    return ", ".join(held) or str(_l("no more than everybody"))


LEAVE_KINDS: dict[LeaveKind, LazyString] = {
    LeaveKind.PARENTAL: _l("parental"),
    LeaveKind.UNPAID: _l("unpaid"),
    LeaveKind.OTHER: _l("other"),
}

# What a token is good for, by the permission that is its scope.
SCOPES: dict[Permission, LazyString] = {
    P.UNIT_READ: _l("read units: their names, places and what is above and below"),
    P.EMPLOYEE_READ: _l("read employees: their names, addresses, jobs and units"),
    P.IMPACT_READ: _l("read the numbers of units, as far as the owner sees them"),
}
