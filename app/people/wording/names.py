"""What the roles and kinds of this feature are called on the screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.permission_words import RIGHTS
from app.core.permissions import ROLE_PERMISSIONS, Role
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
LEAVE_KINDS: dict[LeaveKind, LazyString] = {
    LeaveKind.OTHER: _l("other"),  # first, so that whoever does not choose says nothing
    LeaveKind.UNPAID: _l("unpaid"),
    LeaveKind.PARENTAL: _l("parental"),
}


def may_words(role: Role, *, is_company: bool) -> str:
    """What the role lets do on a unit, in a line: "see numbers, bring people"."""
    if role is Role.ADMINISTRATOR:
        return str(_l("everything"))
    held = [right for permission, right in RIGHTS.items() if permission in ROLE_PERMISSIONS[role]]
    said = [str(right.listed) for right in held if right.listed and (is_company or not right.is_companys)]
    return ", ".join(said) or str(_l("no more than everybody"))
