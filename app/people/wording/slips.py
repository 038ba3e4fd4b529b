"""Slips on paper: typeset first, and kept only once there is a sheet to hand out."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.core import company_time, settings
from app.core.errors import Refused
from app.core.formats import day
from app.core.links import base_url, link_to
from app.core.locales import language
from app.core.texts import _
from app.core.typesetting import MOST_PAGES, NotTypeset, typeset
from app.people.actions.ways_in import Slip
from app.people.credentials import slip_codes
from app.people.models import WayInKind
from app.people.models.way_in import LIFETIME, tie_of
from app.people.queries.entry import Newcomer

SOURCE = Path(__file__).parent / "slips.typ"
ON_A_SHEET = 8
TOO_MANY = _l("These slips fill more than %(most)s sheets. Nothing was printed; take a smaller unit.", most=MOST_PAGES)
NOT_PRINTED = _l("The sheets could not be typeset. Nothing was printed; the operator finds the reason in the log.")


@dataclass(frozen=True)
class Stack:
    """Slips that are ready to be typeset: all that the database was asked for is in it."""

    told: dict[str, Any]
    slips: list[Slip]


def stack_of(people: Sequence[Newcomer], now: datetime) -> Stack:
    """Eight slips a sheet; a unit begins a sheet of its own."""
    slips = [Slip(one.account.id, tie_of(one.account), slip_codes.mint()) for one in people]
    sheets = list(_sheets(people, [slip.minted for slip in slips], now))
    if len(sheets) > MOST_PAGES:
        raise Refused(TOO_MANY)
    told = {
        "title": _("Slips for the first sign-in"),
        "language": language(),
        "hint": _("Cut along the marks. Hand each slip to its person: whoever holds it can open the account."),
        "sheets": sheets,
    }
    return Stack(told, slips)


def sheets_of(stack: Stack) -> bytes:
    """The PDF. Asks the database nothing, so that nobody waits for a lock meanwhile."""
    try:
        return typeset(SOURCE, stack.told)
    except NotTypeset:
        raise Refused(NOT_PRINTED) from None


def _sheets(people: Sequence[Newcomer], minted: Sequence[slip_codes.Minted], now: datetime) -> Iterator[dict[str, Any]]:
    pairs = list(zip(people, minted, strict=True))
    for _unit_id, group in groupby(pairs, key=lambda pair: pair[0].unit_id):
        of_unit = list(group)
        starts = range(0, len(of_unit), ON_A_SHEET)
        for number, start in enumerate(starts, 1):
            first = of_unit[0][0]
            yield {
                "unit": first.unit,
                "above": first.above,
                "count": _("sheet %(number)s of %(all)s", number=number, all=len(starts)),
                "slips": [_slip(one, secrets, now) for one, secrets in of_unit[start : start + ON_A_SHEET]],
            }


def _slip(one: Newcomer, secrets: slip_codes.Minted, now: datetime) -> dict[str, str]:
    """In the language of the person."""
    spoken = one.account.spoken_language
    until = company_time.day_of(now + LIFETIME[WayInKind.SLIP])
    with force_locale(spoken):
        return {
            "language": spoken,
            "company": str(settings.company("company_name")) or "Rezonans",
            "name": one.account.display_name,
            "scan": _("Scan the code, or open this page and type:"),
            "address": base_url().split("//")[1] + "/enter",
            "code": secrets.shown_code,
            "choose": _("Choose a password, a language and a time zone."),
            "later": _("From then on you sign in as"),
            "sign_in_name": one.account.sign_in_name,
            "until": _("Good once, until %(day)s. Show it to nobody.", day=day(until)),
            "qr": _qr(link_to(f"/enter/{secrets.token}")),
            "qr_says": _("The code that opens this page"),
        }


def _qr(url: str) -> str:
    """One mask for all: to compare all eight would take four times as long, and random text needs no comparing."""
    import segno  # noqa: PLC0415 - only here

    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=3).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
