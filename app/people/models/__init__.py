"""What people and places are: tables, what must never happen to a row, and who reaches it."""

from app.people.models.account import Account, Stranger
from app.people.models.account_session import AccountSession, SignInFailure
from app.people.models.api_token import ApiToken
from app.people.models.audience import Audience, AudienceRule
from app.people.models.calendar import OwnDay, WorkWeek
from app.people.models.employee import Employee, sort_name_of
from app.people.models.factor import AccountFactor, FactorRemoval, RecoveryCode
from app.people.models.head_count import HeadCount
from app.people.models.import_write import ImportWrite
from app.people.models.leave import Leave, LeaveKind
from app.people.models.reorganisation import Reorganisation, ReorganisationKind, ReorganisedUnit
from app.people.models.scope import (
    EMPLOYEE,
    PERSON,
    TODAY,
    Assignment,
    Deputyship,
    Grant,
    UnitTree,
    given,
    given_units,
    told,
    units_told,
    units_where,
)
from app.people.models.span import holds
from app.people.models.unit import Succession, SuccessionKind, Unit, UnitKind, UnitVersion
from app.people.models.unit_alias import UnitAlias
from app.people.models.way_in import AddressChange, WayIn, WayInKind
from app.people.models.words import EmployeeWord, JobWord, UnitWord

__all__ = [
    "EMPLOYEE",
    "PERSON",
    "TODAY",
    "Account",
    "AccountFactor",
    "AccountSession",
    "AddressChange",
    "ApiToken",
    "Assignment",
    "Audience",
    "AudienceRule",
    "Deputyship",
    "Employee",
    "EmployeeWord",
    "FactorRemoval",
    "Grant",
    "HeadCount",
    "ImportWrite",
    "JobWord",
    "Leave",
    "LeaveKind",
    "OwnDay",
    "RecoveryCode",
    "Reorganisation",
    "ReorganisationKind",
    "ReorganisedUnit",
    "SignInFailure",
    "Stranger",
    "Succession",
    "SuccessionKind",
    "Unit",
    "UnitAlias",
    "UnitKind",
    "UnitTree",
    "UnitVersion",
    "UnitWord",
    "WayIn",
    "WayInKind",
    "WorkWeek",
    "given",
    "given_units",
    "holds",
    "sort_name_of",
    "told",
    "units_told",
    "units_where",
]
