"""Cursors: how far a reader of a list has come, as a text that nobody can make up.

Lists are in the order of row numbers, which only grow: whoever reads on misses nothing that was there, and meets
nothing twice, whatever is added meanwhile. A cursor belongs to the question it was given for.
"""

import base64
import binascii

from flask import request

from app.core.addresses import MOST
from app.core.api.problems import Invalid, Misfit
from app.core.keys import is_signed, sign
from app.core.texts import _

PURPOSE, SIGNED = "api cursors", 16  # bytes of the seal
LONGEST = 80


def cursor_after(row_id: int) -> str:
    number = row_id.to_bytes(4, "big")
    seal = sign(PURPOSE, _sealed(number), SIGNED)
    return base64.urlsafe_b64encode(number + seal).decode().rstrip("=")


def row_behind(cursor: str | None) -> int:
    """The number of the last row that was read; 0 where reading begins."""
    if not cursor:
        return 0
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        told = b""
    number, seal = told[:4], told[4:]
    is_ours = is_signed(PURPOSE, _sealed(number), seal, SIGNED)
    if len(number) != 4 or not is_ours:
        raise Invalid([Misfit("cursor", _("This is no cursor of this list with these filters. Begin without one."))])
    return min(int.from_bytes(number, "big"), MOST)


def _sealed(number: bytes) -> bytes:
    """The number and the question: the address with its filters, in any order, without how much and from where."""
    filters = sorted((name, value) for name, value in request.args.items(multi=True) if name not in ("cursor", "limit"))
    return number + repr((request.path, filters)).encode()
