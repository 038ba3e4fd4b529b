"""Who may do which kind of thing. Names only: on which units a role is held is known by `people`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import wraps
from typing import Any

from werkzeug.exceptions import Forbidden

from app.core.reader import reader
from app.extensions import login


class Permission(StrEnum):
    ACCOUNT_USE = "account:use"
    UNIT_READ = "unit:read"
    EMPLOYEE_READ = "employee:read"
    IMPACT_READ = "impact:read"
    IMPORT_USE = "import:use"  # the pages of imports; which kinds one may bring is asked for each kind
    UNIT_EDIT = "unit:edit"  # change the org chart; moving needs it on both places
    UNIT_IMPORT = "unit:import"
    EMPLOYEE_IMPORT = "employee:import"
    EMPLOYEE_EDIT = "employee:edit"  # joining, moving, leave and leaving; moving needs it on both units
    FEEDBACK_IMPORT = "feedback:import"
    RESULT_IMPORT = "result:import"
    RESULT_PUBLISH = "result:publish"
    ROLE_GRANT = "role:grant"  # up to what one holds oneself: people/actions/granting.py
    FACTOR_REMOVE = "factor:remove"  # of somebody else, who cannot give a code any more
    ENTRY_OPEN = "entry:open"  # who has a way in, and giving one to all of a unit
    SLIP_PRINT = "slip:print"  # a way in for one person, on paper
    ACCOUNT_MANAGE = "account:manage"
    SETTING_EDIT = "setting:edit"
    AUDIT_READ = "audit:read"
    PERSON_EXPORT = "person:export"  # a copy of all that is held about somebody
    PERSON_ERASE = "person:erase"
    DEMO_REMOVE = "demo:remove"
    SERVICE_MANAGE = "service:manage"  # accounts of programs and their tokens; one's own need only `account:use`

    __hash__ = str.__hash__  # an enumeration's own is written in Python, and every page asks for forty


class Role(StrEnum):
    EMPLOYEE = "employee"
    MANAGER = "manager"
    TRAINER = "trainer"
    HR = "hr"
    LEADERSHIP = "leadership"
    CX_LEAD = "cx_lead"
    ADMINISTRATOR = "administrator"

    __hash__ = str.__hash__


P = Permission
# What everybody who is signed in may do: their own account, and the directory.
EVERYBODY = frozenset({P.ACCOUNT_USE, P.UNIT_READ, P.EMPLOYEE_READ})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.EMPLOYEE: EVERYBODY | {P.IMPACT_READ},  # held on the own unit only, not below it
    Role.MANAGER: EVERYBODY | {P.IMPACT_READ, P.SLIP_PRINT},
    Role.TRAINER: EVERYBODY,
    Role.HR: EVERYBODY
    | {P.IMPACT_READ, P.SLIP_PRINT, P.IMPORT_USE, P.EMPLOYEE_IMPORT, P.EMPLOYEE_EDIT}
    | {P.RESULT_IMPORT, P.RESULT_PUBLISH, P.ROLE_GRANT},
    Role.LEADERSHIP: EVERYBODY | {P.IMPACT_READ},
    Role.CX_LEAD: EVERYBODY | {P.IMPACT_READ, P.IMPORT_USE, P.FEEDBACK_IMPORT},
    Role.ADMINISTRATOR: frozenset(Permission),
}


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]


class NotAllowed(Forbidden):
    """403, of which the page can say what was needed."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission


_exercised: ContextVar[Permission | None] = ContextVar("exercised", default=None)


@contextmanager
def exercising(permission: Permission) -> Iterator[None]:
    """What is done meanwhile is done by this right: the log asks whether it is one's own, or lent (security.md B4)."""
    before = _exercised.set(permission)
    try:
        yield
    finally:
        _exercised.reset(before)


def exercised() -> Permission | None:
    return _exercised.get()


GUARD = "__permission__"
PUBLIC = "public"

View = Callable[..., Any]


def require(permission: Permission, *, fresh: bool = False) -> Callable[[View], View]:
    """Only for people who hold this permission somewhere; which rows they reach is `visible_to`'s question.

    `fresh` asks for the password again when the last sign-in is older than a few minutes.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            person = reader()
            if not person.is_authenticated:
                return login.unauthorized()
            if not person.may(permission):
                raise NotAllowed(permission)
            if fresh and not person.is_fresh:
                return login.needs_refresh()
            with exercising(permission):
                return view(*args, **kwargs)

        setattr(guarded, GUARD, f"{permission}{' fresh' if fresh else ''}")
        return guarded

    return guard


def public(view: View) -> View:
    """Open to strangers, said in plain sight."""
    setattr(view, GUARD, PUBLIC)
    return view
