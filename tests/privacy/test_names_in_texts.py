"""A name is struck from what people wrote however it is cased and spaced, in all three languages, on both databases."""

import unicodedata

import pytest
import sqlalchemy as sa

from app.core import audit, clock, settings
from app.core.jobs import in_steps
from app.core.settings import SettingValue
from app.extensions import db
from app.imports.models import DataImport
from app.people.models import Account, Grant
from app.privacy.actions.erasing import erase, preview
from app.privacy.actions.naming import struck
from app.privacy.queries.subjects import of_account
from tests.cast import Cast
from tests.privacy.things import EMAIL, FORMER, NAME, NUMBER, leave

RUSSIAN = "Семён Жуйков"


@pytest.mark.parametrize(
    ("known", "text", "left"),
    [
        (NAME, "ZOFIA KWIATKOWSKA-ŻUK i zofia kwiatkowska-żuk", "… i …"),
        (NAME, "zOFIA kWIATKOWSKA-żuk", "…"),
        (RUSSIAN, "СЕМЁН ЖУЙКОВ, семён жуйкова", "…, …а"),
        (RUSSIAN, unicodedata.normalize("NFD", "Спасибо, семён Жуйков"), "Спасибо, …"),
        (NAME, "Zofia  Kwiatkowska-Żuk, zofia\u00a0kwiatkowska-żuk, ZOFIA\r\nKWIATKOWSKA-ŻUK", "…, …, …"),
        (RUSSIAN, "Семён\tЖуйков\u202fи Семён, Жуйков", "…\u202fи Семён, Жуйков"),
        ("Anna Groß", "ANNA GROSS, anna groß", "…, …"),
        ("Łucja Ćwiąkała", "ŁUCJA ĆWIĄKAŁA", "…"),
        (EMAIL, "ZOFIA.KZ@EXAMPLE.ORG, not A.ZOFIA.KZ@EXAMPLE.ORG", "…, not A.ZOFIA.KZ@EXAMPLE.ORG"),
        (NUMBER, "kz-40417, not kz-404179", "…, not kz-404179"),
        ("Żuk", "ŻUK and żuk may be anything", "ŻUK and żuk may be anything"),
        ("A. (Ola) O'Neil", "a. (ola) o'neil [a. xola) o'neil]", "… [a. xola) o'neil]"),
    ],
)
def test_however_its_letters_are_cased(known: str, text: str, left: str) -> None:
    assert unicodedata.normalize("NFC", struck(text, [known])) == left


@pytest.fixture
def zofia(cast: Cast) -> Account:
    zofia = leave(cast)
    import_ = db.session.scalars(sa.select(DataImport).where(DataImport.file_name.contains(NAME))).one()
    import_.file_name = unicodedata.normalize("NFD", f"{NAME.lower()}.csv")  # as a Mac names its files
    import_.failure = {"msgid": "%(name)s.", "params": {"name": NAME.upper().replace(" ", "\u00a0\n")}}
    grant = db.session.scalars(sa.select(Grant).where(Grant.account_id == zofia.id)).one()
    grant.reason = f"{FORMER.upper()} knows".replace(" ", "\u00a0", 1)
    settings.set_company("company_name", f"Shop of {NAME.upper()}", actor_id=None)
    audit.record("unit.changed", "unit", cast.n1.id, actor_id=None, after={"note": f"ASK {NAME.upper()}", "who": "żuk"})
    db.session.commit()
    return zofia


def test_in_every_kind_of_text(zofia: Account, cast: Cast) -> None:
    import_ = db.session.scalars(sa.select(DataImport).where(DataImport.failure.is_not(None))).one()
    told = preview(of_account(zofia))
    swept = in_steps(erase(of_account(zofia), actor_id=cast.adam.id, reason=f"{NAME.upper()} asked", now=clock.now()))
    db.session.commit()
    assert (told.texts, told.values) == (swept.texts, swept.values), "the preview counts the same"
    assert import_.file_name == "….csv"
    assert import_.failure == {"msgid": "%(name)s.", "params": {"name": "…"}}
    assert db.session.scalars(sa.select(Grant.reason).where(Grant.account_id == zofia.id)).one() == "… knows"
    kept = sa.select(SettingValue.value).where(SettingValue.name == "company_name")
    assert "Shop of …" in db.session.scalars(kept).all()
    notes = sa.select(audit.AuditValue.after).where(audit.AuditValue.field == "note")
    assert f"ASK {NAME.upper()}" not in db.session.scalars(notes).all()
    assert "żuk" in db.session.scalars(sa.select(audit.AuditValue.after).where(audit.AuditValue.field == "who")).all()


def test_a_short_name_that_is_all_that_stands_there_is_hers(zofia: Account, cast: Cast) -> None:
    assert zofia.employee
    zofia.employee.name = zofia.name = "Żuk"
    db.session.commit()
    in_steps(erase(of_account(zofia), actor_id=cast.adam.id, reason="", now=clock.now()))
    assert "żuk" not in db.session.scalars(sa.select(audit.AuditValue.after)).all()
