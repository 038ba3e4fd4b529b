"""What a company can bring about its units and its people."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.imports import Column, ImportKind
from app.core.permissions import Permission
from app.extensions import db
from app.people.imports.units import UnitLoader
from app.people.models import Unit

UNIT_COLUMNS = (
    Column("code", _l("Code"), required=True, names=("unit code", "kod", "код"), example="KR-RYNEK"),
    Column("name", _l("Name"), required=True, names=("unit name", "nazwa", "название"), example="Kraków Rynek"),
    Column(
        "parent_code",
        _l("Code of the unit above"),
        names=("parent", "kod nadrzędny", "jednostka nadrzędna", "код вышестоящего"),
        example="POLUDNIE",
    ),
    Column("kind", _l("Kind"), names=("type", "rodzaj", "typ", "тип", "вид"), example="branch"),
    Column(
        "valid_from", _l("First day"), names=("from", "od", "obowiązuje od", "с", "действует с"), example="2025-01-01"
    ),
    Column("valid_to", _l("Last day"), names=("to", "do", "obowiązuje do", "по", "действует по"), example=""),
    Column("country", _l("Country"), names=("kraj", "страна"), example="PL"),
    Column("location", _l("Place"), names=("city", "miejscowość", "miasto", "город"), example="Kraków"),
)


def unit_codes() -> frozenset[str]:
    return frozenset(db.session.scalars(sa.select(Unit.code)))


KINDS = [
    ImportKind(
        name="units",
        label=_l("Units"),
        permission=Permission.UNIT_IMPORT,
        columns=UNIT_COLUMNS,
        loader=UnitLoader,
        constants=("parent_code", "kind", "valid_from", "country"),
        shown_at="",
        codes=unit_codes,
    ),
]
