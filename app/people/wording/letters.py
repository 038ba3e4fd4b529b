"""What is written to people about their way in, and about whatever changes it."""

from typing import TypeAlias

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from app.core import settings
from app.core.audit import AuditEntry
from app.core.links import link_to
from app.core.mail import Letter
from app.core.texts import _
from app.people.models import Account, AddressChange, WayIn, WayInKind

Words: TypeAlias = LazyString | str


def way_in_letter(way_in: WayIn, token: str) -> Letter:
    account, link = way_in.account, link_to(f"/enter/{token}")
    if way_in.kind is WayInKind.INVITATION:
        subject, paragraphs = _l("Your way into Rezonans"), _invitation(account, link)
    else:
        subject, paragraphs = _l("A new password for Rezonans"), _reset(link)
    return _letter(account, f"way in {way_in.id}", account.email, subject, *paragraphs)


def _invitation(account: Account, link: str) -> tuple[Words, ...]:
    return (
        _l("%(company)s invites you to Rezonans, its intranet. Choose your password here:", company=_company()),
        link,
        _l("The link is good once, for 72 hours. After that ask for a new one on the page where you sign in."),
        _l("From then on you sign in as %(name)s.", name=account.sign_in_name),
    )


def _company() -> Words:
    return str(settings.company("company_name")) or _l("Your company")


def _reset(link: str) -> tuple[Words, ...]:
    return (
        _l("somebody, we think you, asked for a new password for Rezonans. Choose it here:"),
        link,
        _l("The link is good once, for 30 minutes. If it was not you, do nothing: your password stays as it is."),
    )


def old_address_letter(change: AddressChange) -> Letter:
    return _letter(
        change.account,
        f"old address {change.id}",
        change.before,
        _l("Your address in Rezonans has changed"),
        _l("from now on Rezonans writes to you at another address, and you no longer sign in with this one."),
        _l("If you know nothing of it, tell your administrator today."),
    )


def new_address_letter(change: AddressChange) -> Letter:
    return _letter(
        change.account,
        f"new address {change.id}",
        change.after,
        _l("Your address in Rezonans has changed"),
        _l("from now on you sign in to Rezonans with this address. Your password stays as it is."),
        _l("If this is not meant for you, tell your administrator."),
    )


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
    reason = _l("An administrator did this; the reason is shown when you next sign in.")
    advice = _l("If it was not you, ask for a new password on the page where you sign in, and tell your administrator.")
    told = (fact, reason, advice) if _by_other(entry) else (fact, advice)
    return _letter(account, f"change {entry.id}", account.email, subject, *told)


def _by_other(entry: AuditEntry) -> bool:
    return entry.actor_id != entry.subject_id


def _letter(account: Account, key: str, to: str | None, subject: Words, *paragraphs: Words) -> Letter:
    """In the language of whom it goes to, whoever had it written."""
    with force_locale(account.spoken_language):
        greeting = _("Good day, %(name)s,", name=account.display_name)
        return Letter(
            to=to or "",
            subject=str(subject),
            paragraphs=(greeting, *map(str, paragraphs)),
            language=account.spoken_language,
            key=key,
        )
