"""Files that people brought do not stay longer than an import may need them."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import clock, uploads
from app.core.outside import Why
from app.extensions import db
from app.imports.jobs import forget_files
from app.imports.models import DataImport, ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import checked

DAYS = 30  # unless the administrator says otherwise
pytestmark = pytest.mark.usefixtures("things")


def age(import_id: int, days: int) -> None:
    begun = clock.now() - timedelta(days=days)
    db.session.execute(sa.update(DataImport).where(DataImport.id == import_id).values(created_at=begun))
    db.session.commit()


def file_of(import_: DataImport) -> Path:
    return uploads.path_of(import_.digest)


def test_the_file_of_a_done_import_goes_after_a_month_and_its_line_stays(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina), "code,name\nOld,x\n")
    browser.post(f"/imports/{import_.id}/acceptance")
    import_id, file = import_.id, file_of(import_)
    age(import_id, DAYS - 1)
    forget_files()
    assert file.exists()
    age(import_id, DAYS + 1)
    forget_files()
    assert not file.exists()
    assert browser.get(f"/imports/{import_id}").status_code == 200


def test_what_nobody_accepted_for_a_month_goes_whole(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina), "code,name\nForgotten,x\n")
    file = file_of(import_)
    age(import_.id, DAYS + 1)
    forget_files()
    assert not file.exists()
    assert not db.session.scalars(sa.select(DataImport)).all()


def test_a_file_that_a_younger_import_holds_stays(browser: Browser, cast: Cast) -> None:
    old = checked(browser.sign_in(cast.celina), "code,name\nTwice,x\n").id
    young = checked(browser, "code,name\nTwice,x\n")
    age(old, DAYS + 1)
    forget_files()
    assert file_of(young).exists()


def test_an_import_at_work_keeps_its_file(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina), "code,name\nSlow,x\n")
    file = file_of(import_)
    import_.status = ImportStatus.LOADING
    age(import_.id, DAYS + 1)
    forget_files()
    assert file.exists()


def test_setting_a_file_aside_removes_it_at_once(browser: Browser, cast: Cast) -> None:
    import_ = checked(browser.sign_in(cast.celina), "code,name\nAside,x\n")
    file = file_of(import_)
    browser.post(f"/imports/{import_.id}/removal")
    assert not file.exists()


def test_what_stood_beside_the_rows_goes_with_what_was_refused(browser: Browser, cast: Cast) -> None:
    import_id = checked(browser.sign_in(cast.celina), "code,name\nA,x\nB,y\n,Total\n").id
    browser.post(f"/imports/{import_id}/acceptance")
    age(import_id, 80)
    forget_files()
    assert db.session.get_one(DataImport, import_id).count_outside(Why.TOTAL) == 1
    age(import_id, 91)
    forget_files()
    assert db.session.get_one(DataImport, import_id).outside is None
