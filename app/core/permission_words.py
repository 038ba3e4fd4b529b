"""What a right is called to somebody who does not hold it: what everybody may do is never refused, and has no words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.permissions import Permission

RIGHTS: dict[Permission, LazyString] = {
    Permission.IMPACT_READ: _l("to see the scores of employees and customers"),
    Permission.IMPORT_USE: _l("to import files"),
    Permission.UNIT_IMPORT: _l("to import units"),
    Permission.EMPLOYEE_IMPORT: _l("to import people"),
    Permission.EMPLOYEE_EDIT: _l("to say who joins, moves, is on leave and leaves"),
    Permission.FEEDBACK_IMPORT: _l("to import customers' feedback"),
    Permission.RESULT_IMPORT: _l("to import employees' results"),
    Permission.RESULT_PUBLISH: _l("to publish employees' results"),
    Permission.UNIT_EDIT: _l("to change the org chart"),
    Permission.ROLE_GRANT: _l("to give and end roles"),
    Permission.SERVICE_MANAGE: _l("to look after the accounts of programs"),
    Permission.FACTOR_REMOVE: _l("to remove the second factor of somebody"),
    Permission.ENTRY_OPEN: _l("to give people a way in"),
    Permission.SLIP_PRINT: _l("to print a slip for somebody who cannot sign in"),
    Permission.ACCOUNT_MANAGE: _l("to look after accounts"),
    Permission.SETTING_EDIT: _l("to change the settings of the company"),
    Permission.AUDIT_READ: _l("to read the audit log"),
    Permission.PERSON_EXPORT: _l("to take a copy of what is held about a person"),
    Permission.PERSON_ERASE: _l("to erase people"),
    Permission.SERVICE_MANAGE: _l("to manage the accounts of programs"),
    Permission.DEMO_REMOVE: _l("to remove the demo company"),
}
