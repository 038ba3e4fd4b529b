"""What is written to people about their way in."""

from flask_babel import force_locale

from app.core import settings
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


def password_letter(account: Account, way_in: WayIn) -> Letter:
    with force_locale(account.spoken_language):
        subject = _("Your password for Rezonans was chosen anew")
        paragraphs = (
            _("Good day, %(name)s,", name=account.display_name),
            _("your account has a new password, and all sign-ins were ended."),
            _("If it was not you, ask for a new one on the page where you sign in, and tell your administrator."),
        )
    return _letter(account, subject, paragraphs, f"password {way_in.id}", account.email or "")


def _letter(account: Account, subject: str, paragraphs: tuple[str, ...], key: str, to: str) -> Letter:
    return Letter(to=to, subject=subject, paragraphs=paragraphs, language=account.spoken_language, key=key)


def _company() -> str:
    return str(settings.company("company_name")) or _("Your company")
