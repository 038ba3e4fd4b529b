"""What the roles and kinds of this feature are called on the screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.permissions import Role
from app.people.models import UnitKind

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
