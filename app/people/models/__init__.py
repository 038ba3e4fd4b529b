from app.people.models.account import Account, AccountSession, SignInFailure, Stranger
from app.people.models.audience import Audience, AudienceRule
from app.people.models.employee import Employee
from app.people.models.scope import Assignment, Grant, UnitTree, units_where
from app.people.models.unit import Succession, SuccessionKind, Unit, UnitKind, UnitVersion

__all__ = [
    "Account",
    "AccountSession",
    "Assignment",
    "Audience",
    "AudienceRule",
    "Employee",
    "Grant",
    "SignInFailure",
    "Stranger",
    "Succession",
    "SuccessionKind",
    "Unit",
    "UnitKind",
    "UnitTree",
    "UnitVersion",
    "units_where",
]
