"""What the acts of the audit log are called on the screen; the log itself keeps their code, by which it is searched."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.mail import MailServer, Reason

# What the checks of the installation look at; the operator's command says the same in English.
CHECKS: dict[str, LazyString | str] = {
    "database": _l("Database"),
    "migrations": _l("State of the database"),
    "storage": _l("Room for files"),
    "keys": _l("Keys"),
    "old keys": _l("Old keys"),
    "python": "Python",
    "time zone": _l("Time zone"),
    "scheduler": _l("Timed work"),
    "jobs": _l("Work in the background"),
    "audit log": _l("Audit log"),
    "head counts": _l("Numbers of people"),
    "mail": _l("Mail"),
    "sending": _l("Sending"),
    "backups": _l("Backups"),
    "rehearsal": _l("Rehearsal of a restore"),
}
ACTS: dict[str, LazyString] = {
    "service_account.closed": _l("Service account closed"),
    "audit.exported": _l("Audit log exported"),
    "account.closed": _l("Account closed"),
    "account.created": _l("Account created"),
    "account.opened": _l("Account opened again"),
    "assignment.changed": _l("Work of a person changed"),
    "assignment.corrected": _l("Work of a person corrected"),
    "assignment.removed": _l("Entry of a person's work removed"),
    "deputy.ended": _l("Deputy taken back"),
    "deputy.named": _l("Deputy named"),
    "code.refused": _l("Right password, wrong code"),
    "backup.restored": _l("Restored from a backup"),
    "draft_set.removed": _l("Draft of results removed"),
    "employee.added": _l("Person added"),
    "employee.changed": _l("Person changed"),
    "employee.corrected": _l("Person corrected"),
    "employee.removed": _l("Person removed, because an import was undone"),
    "factor.removed": _l("Second factor removed"),
    "factor.replaced": _l("Second factor replaced"),
    "factor.set_up": _l("Second factor set up"),
    "import.accepted": _l("Import accepted"),
    "import.set_aside": _l("Import set aside"),
    "unit_alias.decided": _l("Meaning of words in files decided"),
    "unit_alias.ended": _l("Meaning of words in files ended"),
    "unit.put_back": _l("Unit put back as it was before an import"),
    "unit.removed": _l("Unit removed, because an import was undone"),
    "import.undone": _l("Import undone"),
    "leave.ended": _l("Leave ended"),
    "leave.recorded": _l("Leave recorded"),
    "leave.withdrawn": _l("Leave withdrawn"),
    "keys.ended": _l("Old keys ended"),
    "keys.rotated": _l("Key renewed"),
    "own_day.removed": _l("Own day removed"),
    "own_day.set": _l("Own day set"),
    "invitation.asked": _l("Invitation asked for"),
    "password.changed": _l("Password changed"),
    "person.erased": _l("Person erased"),
    "record.exported": _l("Copy of what is held about a person taken"),
    "recovery_code.used": _l("Recovery code used"),
    "recovery_codes.made": _l("New recovery codes made"),
    "reorganisation.decided": _l("Change of the org chart decided"),
    "reorganisation.withdrawn": _l("Change of the org chart withdrawn"),
    "password.chosen": _l("Password chosen with a link or a slip"),
    "reset.asked": _l("New password asked for"),
    "result_set.published": _l("Results published"),
    "result_set.withdrawn": _l("Results withdrawn"),
    "role.ended": _l("Role ended"),
    "role.granted": _l("Role given"),
    "rollup.mended": _l("Counts of customers' answers mended"),
    "sending.released": _l("Sending allowed again after a restore"),
    "session.ended": _l("Sign-in ended"),
    "session.opened": _l("Signed in"),
    "setting.changed": _l("Setting changed"),
    "token.created": _l("API token made"),
    "token.revoked": _l("API token revoked"),
    "slip.printed": _l("Slip printed"),
    "unit.changed": _l("Unit changed"),
    "unit.corrected": _l("Unit corrected"),
    "unit.opened": _l("Unit opened"),
    "work_week.removed": _l("Weekly pattern removed"),
    "work_week.set": _l("Weekly pattern set"),
}

# What acts are about.
SUBJECTS: dict[str, LazyString] = {
    "account": _l("Account"),
    "api_token": _l("API token"),
    "audit_entry": _l("Audit log"),
    "backup": _l("Backup"),
    "data_import": _l("Import"),
    "deputyship": _l("Deputy"),
    "draft_set": _l("Draft of results"),
    "employee": _l("Person"),
    "keys": _l("Keys"),
    "reorganisation": _l("Change of the org chart"),
    "restoration": _l("Restored copy"),
    "result_set": _l("Results"),
    "setting": _l("Setting"),
    "unit": _l("Unit"),
    "unit_alias": _l("Name of a unit in files"),
}


MAIL_REFUSALS: dict[Reason, LazyString] = {
    Reason.UNREACHABLE: _l(
        "%(host)s does not answer on port %(port)s. Nothing was sent. Check both, and the firewall between."
    ),
    Reason.NOT_ENCRYPTED: _l(
        "The connection to %(host)s could not be encrypted in this way, or its certificate is not one for this name. "
        "Nothing was sent. STARTTLS usually goes with port 587, TLS with port 465."
    ),
    Reason.NOT_SIGNED_IN: _l("%(host)s did not take this user name and password. Nothing was sent."),
    Reason.SENDER: _l("%(host)s lets nobody send as %(sender)s from here. Nothing was sent."),
    Reason.ADDRESS: _l(
        "No letter can be sent from %(sender)s to %(address)s: one of them is no address. Nothing was sent."
    ),
    Reason.UNSURE: _l(
        "%(host)s was given the message and then said nothing more. It may have arrived: look into the mailbox of "
        "%(address)s."
    ),
    Reason.RECIPIENT: _l("%(host)s takes no mail for %(address)s. Nothing was sent."),
    Reason.HELD: _l(
        "This is a copy that was restored from a backup, and it sends nothing until somebody lets it: see Health of "
        "the installation. Nothing was sent."
    ),
    Reason.OTHER: _l("%(host)s answers, but did not take the message. Its own log says why. Nothing was sent."),
}


def mail_refusal(reason: Reason, server: MailServer, address: str) -> str:
    told = {"host": server.host, "port": server.port, "sender": server.sender, "address": address}
    return str(MAIL_REFUSALS[reason]) % told
