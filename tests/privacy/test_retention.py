"""How long what is kept: the page of the rules, and the night in which they are kept."""

from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from app.core import audit, clock, company_time, retention, settings
from app.core.audit.checking import verdict
from app.core.jobs import run_now
from app.core.permissions import Role
from app.extensions import db
from app.imports.models import DataImport, ImportRefusal, ImportStatus, WaitingName, WaitingRow
from app.people.models import Employee
from app.privacy.actions.replaying import list_path
from app.privacy.models import Erasure
from app.privacy.queries.due import due_under
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_employee, make_grant


def answers(**changed: str) -> dict[str, str]:
    days = {name: rule.default for name, rule in retention.rules().items()}
    return {name: "" if value is None else str(value) for name, value in days.items()} | changed


def leaver(cast: Cast, days: int) -> Employee:
    employee = make_employee(cast.n1, name="Long Gone")
    employee.ends_on = company_time.today() - timedelta(days=days)
    db.session.commit()
    return employee


def test_the_page_says_each_rule_in_words(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.adam).get("/admin/retention").text
    for rule in retention.rules().values():
        assert str(rule.label) in page
    assert "From 30 to 3650 days." in page
    assert 'type="submit">Save' not in page, "first it is counted"


def test_what_would_go_is_counted_before_anything_is_saved(cast: Cast, browser: Browser) -> None:
    leaver(cast, 100)
    page = browser.sign_in(cast.adam).post("/admin/retention/count", data=answers(leavers="90"))
    assert page.status_code == 200
    assert "Tonight 1 row would go." in page.text
    assert 'value="90"' in page.text
    assert retention.days_of("leavers") is None


def test_a_rule_is_saved_and_written_down(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.adam).post("/admin/retention", data=answers(leavers="90", jobs="60"))
    assert answer.status_code == 302
    assert (retention.days_of("leavers"), retention.days_of("jobs")) == (90, 60)
    said = sa.select(sa.func.count(audit.AuditEntry.id)).where(audit.AuditEntry.action == "setting.changed")
    assert db.session.scalar(said) == 2, "what stays the same is not written"
    browser.post("/admin/retention", data=answers(jobs="60"))
    assert retention.days_of("leavers") is None, "and given back"


def test_below_the_floor_nothing_is_saved(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for wrong in ({"leavers": "29"}, {"jobs": ""}, {"audit_values": "many"}, {"import_files": "366"}):
        answer = browser.post("/admin/retention", data=answers(**wrong))
        assert answer.status_code == 422
        assert browser.post("/admin/retention/count", data=answers(**wrong)).status_code == 422
    assert "365" in answer.text
    assert retention.days_of("import_files") == 30


def test_it_needs_the_role_on_the_whole_company(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/retention").location.startswith("/sign-in")
    assert browser.sign_in(cast.hanna).get("/admin/retention").status_code == 403
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    assert browser.sign_in(cast.marek).post("/admin/retention", data=answers(jobs="60")).status_code == 409
    assert retention.days_of("jobs") == 30


def test_by_night_who_left_long_ago_is_erased(cast: Cast) -> None:
    gone, lately = leaver(cast, 100), leaver(cast, 50)
    settings.set_company("keep_leavers_days", 90, actor_id=None)
    db.session.commit()
    run_now("privacy.forget")
    assert (gone.name, lately.name) == ("erased person", "Long Gone")
    assert db.session.scalars(sa.select(Erasure.reason)).all() == ["retention"]
    run_now("privacy.forget")
    assert db.session.scalar(sa.select(sa.func.count(Erasure.id))) == 1
    list_path().unlink()


def test_days_are_counted_by_the_company_and_not_in_utc(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the next day in Auckland already."""
    settings.set_company("time_zone", "Pacific/Auckland", actor_id=None)
    settings.set_company("keep_leavers_days", 90, actor_id=None)
    evening = datetime.combine(clock.now().date(), time(22), UTC)
    monkeypatch.setattr(clock, "now", lambda: evening)
    gone = leaver(cast, 90)
    db.session.commit()
    assert gone.ends_on == (evening - timedelta(days=90)).date() + timedelta(days=1)
    assert due_under({"leavers": 90}, evening) == {"leavers": 1}
    run_now("privacy.forget")
    assert gone.name == "erased person"
    list_path().unlink()


def test_unless_somebody_chose_nobody_is_erased(cast: Cast) -> None:
    gone = leaver(cast, 3000)
    run_now("privacy.forget")
    assert gone.name == "Long Gone"
    list_path().unlink()


def test_by_night_old_values_go_from_the_log_and_its_chain_stays(cast: Cast) -> None:
    entry = audit.record("unit.renamed", "unit", 1, actor_id=None, after={"name": "x"})
    db.session.commit()
    run_now("privacy.forget")
    assert not entry.values[0].is_erased
    settings.set_company("keep_audit_values_days", 90, actor_id=None)
    db.session.commit()
    in_time = clock.now() + timedelta(days=91)
    retention_limit = retention.limit_if_any("audit_values", in_time)
    assert retention_limit
    assert db.session.scalar(retention.rules()["audit_values"].due(retention_limit)) == 2
    list_path().unlink()


def test_by_night_refused_rows_go_and_their_number_stays(cast: Cast) -> None:
    for days in (10, 100):
        import_ = DataImport(
            kind="units", status=ImportStatus.DONE, file_name="x.csv", digest="b" * 64, refused_count=1,
            created_at=clock.now() - timedelta(days=days), load_started_at=clock.now(),
        )  # fmt: skip
        db.session.add(import_)
        db.session.flush()
        told = {"msgid": "x", "params": {}}
        db.session.add(ImportRefusal(import_id=import_.id, line=days, column="c", value="v", message=told))
    db.session.commit()
    run_now("imports.forget_files")
    assert db.session.scalars(sa.select(ImportRefusal.line)).all() == [10]
    assert db.session.scalars(sa.select(DataImport.refused_count)).all() == [1, 1]
    assert verdict().is_whole


def test_by_night_rows_go_that_have_waited_long_for_their_unit(cast: Cast) -> None:
    for days in (100, 200):
        import_ = DataImport(
            kind="feedback", status=ImportStatus.DONE, file_name="x.csv", digest="b" * 64, waiting_count=1,
            created_at=clock.now() - timedelta(days=days), load_started_at=clock.now(),
        )  # fmt: skip
        db.session.add(import_)
        db.session.flush()
        today = clock.now().date()
        name = WaitingName(import_id=import_.id, key="k", code="OLD", row_count=1, first_day=today, last_day=today)
        db.session.add(name)
        db.session.flush()
        db.session.add(WaitingRow(name_id=name.id, line=days, values={"score": "9"}))
    db.session.commit()
    run_now("imports.forget_files")
    assert db.session.scalars(sa.select(WaitingRow.line)).all() == [100]
    assert db.session.scalar(sa.select(sa.func.count(WaitingName.id))) == 1
    assert db.session.scalars(sa.select(DataImport.waiting_count)).all() == [1, 1]
