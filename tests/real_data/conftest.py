"""The NHS workbooks brought once for all tests of this folder: reading them takes longer than everything else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from flask import current_app

from app import create_app
from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.people.actions.accounts import create_administrator
from app.pulse.actions import publish_draft
from app.pulse.models import DraftSet
from config import Config
from tests.browser_check import Browser
from tests.databases import migrated_database
from tests.real_data.bring import INPATIENTS, MAPPINGS, QUARTERS, bring, counts, refused

Counts = tuple[int, int, int, int, int]


@dataclass
class Brought:
    """By quarter and level or measure: how many rows came in, and which were refused."""

    counts: dict[tuple[str, str], Counts] = field(default_factory=dict)
    refused: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def take(self, kind: str, quarter: str, name: str, mapping: str) -> None:
        done = bring(kind, QUARTERS.get(quarter, INPATIENTS), mapping)
        key = (quarter, name + " again" if (quarter, name) in self.counts else name)
        self.counts[key], self.refused[key] = counts(done), refused(done)


@pytest.fixture(scope="module")
def nhs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brought]:
    """An application and a database of their own; what is brought here is committed."""
    folder = tmp_path_factory.mktemp("nhs")
    url = migrated_database(folder, "nhs")
    app = create_app(Config(database_url=url, data=folder, keys=folder, secret_key="k" * 43, testing=True))
    with app.app_context(), writing():
        brought = Brought()
        bring("units", MAPPINGS / "nhs-top.csv")
        for quarter, level in [(quarter, level) for quarter in QUARTERS for level in ("regions", "systems", "trusts")]:
            if quarter != "2022-q2" or level == "trusts":
                brought.take("units", quarter, level, f"nhs-{level}.toml")
        for quarter in [*QUARTERS, "2022-q2"]:
            brought.take("results", quarter, "advocacy", f"nhs-advocacy-{quarter}.toml")
        brought.take("results", "2022-q3", "engagement", "nhs-engagement-2022-q3.toml")
        brought.take("feedback", "2022", "inpatients", "nhs-inpatients-2022.toml")
        for draft in db.session.scalars(sa.select(DraftSet)).all():
            publish_draft(draft, actor_id=None, now=clock.now())
        db.session.commit()
        yield brought
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def leader(nhs: Brought) -> Browser:
    """Somebody who sees the whole company's page."""
    account = create_administrator("leader@nhs.example", "Leader", "a long sentence to sign in with")
    db.session.commit()
    browser = Browser(current_app._get_current_object())  # type: ignore[attr-defined]
    return browser.sign_in(account)
