"""The whole way with a real kind: a company's units, from a Polish export, with one bad row."""

import sqlalchemy as sa

from app.extensions import db
from app.imports.models import ImportStatus
from app.people.models import Unit
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import newest, upload

EXPORT = (
    "Kod jednostki;Nazwa jednostki;Jednostka nadrzędna\n"
    "COMPANY;Firma;\nKRK;Oddział Kraków;COMPANY\nKRK1;Kraków Rynek;KRK\nX9;Nikąd;NIEMA\n"
)


def test_units_come_in_from_a_polish_export(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.adam)
    assert upload(browser, EXPORT, "jednostki.csv", "units").status_code == 303
    import_ = newest()
    page = browser.get(f"/imports/{import_.id}/mapping").text
    for chosen in ("Kod jednostki", "Nazwa jednostki", "Jednostka nadrzędna"):
        assert f'<option selected value="{chosen}">' in page
    answer = browser.post(f"/imports/{import_.id}/mapping", data=_posted())
    assert answer.status_code == 302, answer.text
    assert (newest().new_count, newest().refused_count) == (2, 1)
    assert db.session.scalar(sa.select(Unit.id).where(Unit.code == "KRK")) is None
    browser.post(f"/imports/{import_.id}/acceptance")
    assert newest().status is ImportStatus.DONE
    rynek = db.session.scalars(sa.select(Unit).where(Unit.code == "KRK1")).one()
    assert rynek.parent is not None
    assert rynek.parent.code == "KRK"


def _posted() -> dict[str, str]:
    """What a browser sends when nothing is changed on the form."""
    names = ("code", "name", "parent_code", "kind", "valid_from", "valid_to", "country", "location")
    chosen = dict(zip(names, ("Kod jednostki", "Nazwa jednostki", "Jednostka nadrzędna"), strict=False))
    fields = {f"column_{name}": chosen.get(name, "") for name in names}
    return {"header_row": "1", "base": 'kind = "units"\nheader_row = 1\n', "date_order": "", **fields}
