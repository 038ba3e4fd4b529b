"""Somebody who has left, with traces of her everywhere."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import audit, clock, company_time, uploads
from app.core.permissions import Role
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus, WaitingName, WaitingRow
from app.people.actions.sessions import open_session
from app.people.models import Account
from app.voice.models import Feedback, Metric
from tests.cast import Cast
from tests.factories import make_account, make_employee, make_grant

NAME, EMAIL, NUMBER = "Zofia Kwiatkowska-Żuk", "zofia.kz@example.org", "KZ-40417"
FORMER = "Zofia Nowowiejska"


def leave(cast: Cast) -> Account:
    """Zofia, who left yesterday."""
    employee = make_employee(cast.n1, name=NAME, email=EMAIL)
    employee.number, employee.language, employee.time_zone = NUMBER, "pl", "Europe/Lisbon"
    employee.ends_on = company_time.today() - timedelta(days=1)
    zofia = make_account(EMAIL, employee, name=NAME)
    zofia.password_hash = "not a hash of anything"
    make_grant(zofia, Role.MANAGER, cast.n1).reason = f"{NAME} stands in for Marek"
    open_session(zofia, "Firefox, Windows", clock.now())
    _in_the_log(cast, zofia)
    _in_files(cast)
    db.session.add(
        Feedback(
            import_id=db.session.scalars(sa.select(DataImport.id)).first(),
            unit_id=cast.n1.id, answered_on=company_time.today(), metric=Metric.NPS, score=10,
            comment=f"{NAME} saved my day", row_key=b"zofia",
        )
    )  # fmt: skip
    db.session.commit()
    return zofia


def _in_the_log(cast: Cast, zofia: Account) -> None:
    before = {"name": FORMER, "email": EMAIL, "number": NUMBER, "starts_on": "2015-01-01"}
    after = before | {"name": NAME, "starts_on": "2016-01-01"}
    audit.record("employee.changed", "employee", zofia.employee_id, actor_id=cast.hanna.id, before=before, after=after)
    audit.record(
        "unit.changed", "unit", cast.n1.id, actor_id=zofia.id, after={"name": "N1", "note": f"led by {FORMER}"}
    )
    audit.record("account.created", "account", zofia.id, actor_id=None, after={"email": EMAIL})


def _in_files(cast: Cast) -> None:
    folder = uploads._folder()
    path = folder / ("a" * 64)
    path.write_text(f"name,email\n{NAME},{EMAIL}\n")
    import_ = DataImport(
        kind="employees", status=ImportStatus.DONE, file_name=f"{NAME}.csv", digest="a" * 64, created_at=clock.now(),
        created_by_id=cast.hanna.id, accepted_at=clock.now(), load_started_at=clock.now(), refused_count=1,
    )  # fmt: skip
    db.session.add(import_)
    db.session.flush()
    message = {"msgid": "%(name)s stands here twice.", "params": {"name": NAME}}
    db.session.add(ImportRefusal(import_id=import_.id, line=2, column="name", value=NAME, message=message))
    day = company_time.today()
    waits = WaitingName(import_id=import_.id, key="k", code="OLD", name=f"Team of {NAME}", first_day=day, last_day=day)
    db.session.add(waits)
    db.session.flush()
    told = {"comment": f"{NAME.upper()} was so kind", "score": "10"}
    db.session.add(WaitingRow(name_id=waits.id, line=3, values=told))
