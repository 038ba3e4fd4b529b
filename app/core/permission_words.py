"""What a right is called: to somebody who lacks it, in the list of what a role lets do, and as the scope of a token."""

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.permissions import Permission


class Right(NamedTuple):
    """Without words where a place does not speak of it: what everybody may do is never refused, and not listed."""

    refused: LazyString | None = None
    listed: LazyString | None = None
    scope: LazyString | None = None
    is_companys: bool = False  # listed only on the whole company


P = Permission
# In the order in which they are listed.
RIGHTS: dict[Permission, Right] = {
    P.UNIT_READ: Right(scope=_l("read units: their names, places and what is above and below")),
    P.EMPLOYEE_READ: Right(scope=_l("read employees: their names, addresses, jobs and units")),
    P.IMPACT_READ: Right(
        _l("to see the scores of employees and customers"),
        _l("see numbers"),
        _l("read the numbers of units, as far as the owner sees them"),
    ),
    P.IMPORT_USE: Right(_l("to import files"), scope=_l("see and accept imports, of the kinds chosen below")),
    P.FEEDBACK_IMPORT: Right(
        _l("to import customers' feedback"), _l("bring customers' feedback"), _l("import customers' feedback")
    ),
    P.RESULT_IMPORT: Right(
        _l("to import employees' results"),
        _l("bring employees' results"),
        _l("import employees' results, which somebody publishes on the screen"),
    ),
    P.UNIT_IMPORT: Right(_l("to import units"), _l("bring units"), _l("import units")),
    P.EMPLOYEE_IMPORT: Right(_l("to import people"), _l("bring people"), _l("import employees, without roles")),
    P.EMPLOYEE_EDIT: Right(
        _l("to say who joins, moves, is on leave and leaves"), _l("say who joins, moves and leaves")
    ),
    P.ROLE_GRANT: Right(_l("to give and end roles"), _l("give roles")),
    P.SLIP_PRINT: Right(
        _l("to print a slip for somebody who cannot sign in"), _l("print slips for whoever cannot sign in")
    ),
    P.RESULT_PUBLISH: Right(_l("to publish employees' results"), _l("publish results"), is_companys=True),
    P.SETTING_EDIT: Right(_l("to change the settings of the company"), _l("change settings"), is_companys=True),
    P.AUDIT_READ: Right(_l("to read the audit log"), _l("read the audit log"), is_companys=True),
    P.UNIT_EDIT: Right(_l("to change the org chart")),
    P.FACTOR_REMOVE: Right(_l("to remove the second factor of somebody")),
    P.ENTRY_OPEN: Right(_l("to give people a way in")),
    P.ACCOUNT_MANAGE: Right(_l("to look after accounts")),
    P.PERSON_EXPORT: Right(_l("to take a copy of what is held about a person")),
    P.PERSON_ERASE: Right(_l("to erase people")),
    P.SERVICE_MANAGE: Right(_l("to manage the accounts of programs")),
    P.DEMO_REMOVE: Right(_l("to remove the demo company")),
}
SCOPES = {permission: right.scope for permission, right in RIGHTS.items() if right.scope is not None}
