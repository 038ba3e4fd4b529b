"""What the page of the mail server says of letters that wait, and of those that were given up."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.formats import moment, number
from app.core.mail import Reason
from app.home.queries.letters import Letters

Row = list[str]

LETTERS: dict[str, LazyString] = {
    "people.send_way_in": _l("Invitations and links for a new password"),
    "people.tell_addresses": _l("Notices of a changed address"),
    "people.tell_change": _l("Notices of a changed password or second factor"),
}
REASONS: dict[Reason, LazyString] = {
    Reason.UNREACHABLE: _l("the server does not answer"),
    Reason.NOT_ENCRYPTED: _l("no encrypted connection"),
    Reason.NOT_SIGNED_IN: _l("user name or password refused"),
    Reason.SENDER: _l("sender refused"),
    Reason.RECIPIENT: _l("mailbox refused"),
    Reason.ADDRESS: _l("not an address"),
    Reason.UNSURE: _l("no answer after the letter, which may have arrived"),
    Reason.OTHER: _l("the server refused, its own log says why"),
    Reason.HELD: _l("restored copy"),
}


def waiting_rows(letters: Iterable[Letters]) -> list[Row]:
    """Kind, number, since when, when again, why."""
    return [[*_of(each), moment(each.at), moment(each.next_at), str(REASONS[each.reason])] for each in letters]


def failed_rows(letters: Iterable[Letters]) -> list[Row]:
    """Kind, number, when, why."""
    return [[*_of(each), moment(each.at), str(REASONS[each.reason])] for each in letters]


def _of(each: Letters) -> Row:
    return [str(LETTERS[each.job]), number(each.number)]
