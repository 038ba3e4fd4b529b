"""The password is asked again, and meanwhile somebody ends the sign-in from elsewhere."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.credentials import passwords
from app.people.models import AccountSession
from app.people.views import sign_in as views
from tests.browser_check import Browser
from tests.cast import Cast

PASSWORD = "seven green bicycles"


def end_all() -> None:
    db.session.execute(sa.delete(AccountSession).execution_options(synchronize_session=False))
    db.session.commit()


def ending_after(real: Callable[..., object]) -> Callable[..., object]:
    def done(*told: object, **more: object) -> object:
        answer = real(*told, **more)
        end_all()
        return answer

    return done


@pytest.mark.parametrize("moment", ["counted", "_is_right"])
@pytest.mark.parametrize("password", [PASSWORD, "another one"])
def test_a_sign_in_that_was_ended_meanwhile_leads_to_the_sign_in_page(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: str, password: str
) -> None:
    cast.ewa.password_hash = passwords.hash_password(PASSWORD)
    db.session.commit()
    browser.sign_in(cast.ewa)
    monkeypatch.setattr(views, moment, ending_after(getattr(views, moment)))
    answer = browser.post("/sign-in/confirmation?next=/settings/", data={"password": password})
    if moment == "counted" or password == PASSWORD:
        assert answer.location == "/sign-in?next=/settings/"
        assert "This sign-in was ended in the meantime." in browser.get(answer.location).text
    assert db.session.scalars(sa.select(AccountSession)).all() == [], "and what was ended is not opened anew"
    assert answer.status_code < 500
