"""What is written to people about their way in, and about whatever changes it."""

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from app.core import settings
from app.core.audit import AuditEntry
from app.core.links import link_to
from app.core.mail import Letter
from app.core.texts import _
from app.people.models import Account, AddressChange, WayIn, WayInKind


def way_in_letter(way_in: WayIn, token: str) -> Letter:
    account, link = way_in.account, link_to(f"/enter/{token}")
    with force_locale(account.spoken_language):
        if way_in.kind is WayInKind.INVITATION:
            subject, paragraphs = _("Your way into Rezonans"), _invitation(account, link)
        else:
            subject, paragraphs = _("A new password for Rezonans"), _reset(account, link)
    return _letter(account, subject, paragraphs, f"way in {way_in.id}", account.email or "")


def _invitation(account: Account, link: str) -> tuple[str, ...]:
    return (
        _("Good day, %(name)s,", name=account.display_name),
        _("%(company)s invites you to Rezonans, its intranet. Choose your password here:", company=_company()),
        link,
        _("The link is good once, for 72 hours. After that ask for a new one on the page where you sign in."),
        _("From then on you sign in as %(name)s.", name=account.sign_in_name),
    )


def _reset(account: Account, link: str) -> tuple[str, ...]:
    return (
        _("Good day, %(name)s,", name=account.display_name),
        _("somebody, we think you, asked for a new password for Rezonans. Choose it here:"),
        link,
        _("The link is good once, for 30 minutes. If it was not you, do nothing: your password stays as it is."),
    )


def old_address_letter(change: AddressChange) -> Letter:
    account = change.account
    with force_locale(account.spoken_language):
        subject = _("Your address in Rezonans has changed")
        paragraphs = (
            _("Good day, %(name)s,", name=account.display_name),
            _("from now on Rezonans writes to you at another address, and you no longer sign in with this one."),
            _("If you know nothing of it, tell your administrator today."),
        )
    return _letter(account, subject, paragraphs, f"old address {change.id}", change.before or "")


def new_address_letter(change: AddressChange) -> Letter:
    account = change.account
    with force_locale(account.spoken_language):
        subject = _("Your address in Rezonans has changed")
        paragraphs = (
            _("Good day, %(name)s,", name=account.display_name),
            _("from now on you sign in to Rezonans with this address. Your password stays as it is."),
            _("If this is not meant for you, tell your administrator."),
        )
    return _letter(account, subject, paragraphs, f"new address {change.id}", change.after or "")


# What the owner of an account is told at once, by the act of the log: subject, what happened, and what to do.
CHANGES: dict[str, tuple[LazyString, LazyString]] = {
    "password.chosen": (
        _l("Your password for Rezonans was chosen anew"),
        _l("your account has a new password, and all sign-ins were ended."),
    ),
    "password.changed": (
        _l("Your password for Rezonans was changed"),
        _l("your account has a new password, and all other sign-ins were ended."),
    ),
    "factor.set_up": (
        _l("A second factor was added to your account"),
        _l("from now on you sign in to Rezonans with a code of your app as well. All other sign-ins were ended."),
    ),
    "factor.replaced": (
        _l("The second factor of your account was replaced"),
        _l("from now on only codes of the new app open your account in Rezonans. All other sign-ins were ended."),
    ),
    "factor.removed": (
        _l("The second factor of your account was removed"),
        _l("from now on your password alone opens your account in Rezonans. All other sign-ins were ended."),
    ),
    "recovery_codes.made": (
        _l("New recovery codes were made for your account"),
        _l("your account in Rezonans has new recovery codes. The earlier ones open nothing any more."),
    ),
}


def change_letter(account: Account, entry: AuditEntry) -> Letter:
    subject, fact = CHANGES[entry.action]
    with force_locale(account.spoken_language):
        paragraphs = (
            _("Good day, %(name)s,", name=account.display_name),
            str(fact),
            *([_("An administrator did this; the reason is shown when you next sign in.")] if _by_other(entry) else []),
            _("If it was not you, ask for a new password on the page where you sign in, and tell your administrator."),
        )
        return _letter(account, str(subject), paragraphs, f"change {entry.id}", account.email or "")


def _by_other(entry: AuditEntry) -> bool:
    return entry.actor_id != entry.subject_id


def _letter(account: Account, subject: str, paragraphs: tuple[str, ...], key: str, to: str) -> Letter:
    return Letter(to=to, subject=subject, paragraphs=paragraphs, language=account.spoken_language, key=key)


def _company() -> str:
    return str(settings.company("company_name")) or _("Your company")
