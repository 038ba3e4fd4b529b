"""Somebody who signs in as each role, opens everything, notes every number, and wants one answer more (methods.md 5.5).

A small random company imports, publishes by the button, is reorganised, publishes again, withdraws, and tries to
publish the withdrawn answers without one person's. What is read before and after is joined.
"""

import os
from pathlib import Path

import pytest

from app.extensions import db
from tests.browser_check import Browser
from tests.impact.crawl import crawl
from tests.impact.harvest import Harvest
from tests.impact.joined import Joined, published
from tests.impact.small_company import Company, found, move, publish_all, tell, withdraw

IS_LONG = bool(os.environ.get("REZONANS_LONG"))
SEEDS = range(40 if IS_LONG else 1)
# Companies differ more than the pages of one do, and to open every page of one takes ten minutes: of the long run's
# forty these two are read whole, by everybody, and the others as in a short run, but by everybody as far as by HR.
READ_WHOLE = {0, 1} if IS_LONG else set()
WHOLE, MANY, FEW = 5000, 90, 12  # pages that one person opens


def read(company: Company, browser: Browser, harvest: Harvest, *names: str, most: int) -> None:
    for name in names:
        browser.client = browser.app.test_client()
        browser.sign_in(company.people[name])
        harvest.gather(crawl(browser, company.chance, most=most, is_whole=most == WHOLE))


def lived(seed: int, browser: Browser, folder: Path) -> Joined:
    """The whole story, read by everybody at every turn."""
    company, harvest = found(seed), Harvest()
    most = WHOLE if seed in READ_WHOLE else MANY
    for measure in ("enps", "empathy", "advocacy"):
        tell(company, measure, "2026-Q1", folder)
    read(company, browser, harvest, "hr", "administrator", "manager", most=FEW)
    publish_all(company, browser)
    read(company, browser, harvest, "hr", most=most)
    exact = published()
    move(company)
    tell(company, "enps", "2026-Q2", folder)
    publish_all(company, browser)
    withdraw("empathy", company, browser)
    tell(company, "empathy", "2026-Q1", folder, but_one=True)
    tell(company, "enps", "2026-Q1", folder, period="2026-03", but_one=True)
    publish_all(company, browser)
    db.session.commit()
    read(company, browser, harvest, "hr", most=most)
    others = [name for name in company.people if name != "hr"]
    read(company, browser, harvest, *others, most=most if IS_LONG else FEW)
    return Joined(company, harvest, exact | published())


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_anybody_reads_tells_of_nobody(seed: int, browser: Browser, tmp_path: Path) -> None:
    joined = lived(seed, browser, tmp_path)
    told = joined.harvest.told
    assert {(measure, period) for measure, period, _unit in told} >= set(joined.company.answers)
    assert told.keys() >= {key for key in joined.exact if key[0] == "enps"}
    assert list(joined.breaches()) == []
