"""A company whose every word is hostile, brought in by the administrator through the product's own doors."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser_check import Browser
from tests.cast import Cast
from tests.hostile.corpus import as_kept, words
from tests.hostile.doors import as_csv, bring, check, publish_all, send_mapping_file, uploaded
from tests.hostile.sheets import workbook

PERIOD, DAY = "2026-Q2", "2026-06-15"
MAIL = "zqmailé00?bcc=thief%40evil.example&body='onclick='@example.org"
LANGUAGE = 'zqlaé00"'  # as long as a language may be


@dataclass
class Company:
    cast: Cast
    expected: set[str] = field(default_factory=set)  # words that some page must show

    def given(self, door: str, longest: int = 200) -> list[str]:
        items = words(door, longest)
        self.expected |= set(map(as_kept, items))
        return items


@pytest.fixture
def company(cast: Cast, browser: Browser, tmp_path: Path) -> Company:
    found = Company(cast)
    browser.most_queries = 60
    browser.sign_in(cast.adam)
    _bring_units(found, browser)
    _bring_people(found, browser)
    _bring_feedback(found, browser)
    _bring_results(found, browser)
    _bring_refused(found, browser)
    _leave_files(found, browser, tmp_path)
    return found


def _bring_units(found: Company, browser: Browser) -> None:
    high = words("top")
    rows = [["code", "name", "parent_code", "kind", "location"]]
    rows += [["COMPANY", high[0], "", "company", ""], ["NORTH", high[2], "COMPANY", "region", ""]]
    rows += [["N1", high[5], "NORTH", "branch", high[1]]]
    rows += [[f"H{at:02}", item, "N1", "team", ""] for at, item in enumerate(found.given("name"))]
    places, codes = found.given("place"), found.given("code", 60)
    rows += [[f"P{at:02}", f"Place {at}", "S1", "team", item] for at, item in enumerate(places)]
    rows += [[item, f"Code {at}", "S1", "team", ""] for at, item in enumerate(codes)]
    brought = bring(browser, "units", rows)
    assert brought.refused_count == 0, brought.refused_count


def _bring_people(found: Company, browser: Browser) -> None:
    own = words("self")
    people = [found.cast.ewa, found.cast.marek, found.cast.hanna, found.cast.adam]
    rows = [["email", "employee_number", "name", "unit_code", "manager", "job"]]
    rows += [[each.email, "", item, "N1", "", ""] for each, item in zip(people, own, strict=False)]
    rows += [[MAIL, "", "Mail", "S1", "", ""]]
    for at, (name, job) in enumerate(zip(found.given("person"), found.given("job"), strict=True)):
        rows += [[f"h{at}@example.org", "", name, f"H{at:02}", found.cast.marek.email, job]]
    rows += [["", item, f"Number {at}", "S1", "", ""] for at, item in enumerate(found.given("number", 60))]
    assert bring(browser, "employees", rows).refused_count == 0


def _bring_feedback(found: Company, browser: Browser) -> None:
    rows = [["unit_code", "date", "metric", "score", "touchpoint", "channel", "comment", "language", "external_id"]]
    spoken = found.given("comment"), found.given("touch", 80)
    for at, comment in enumerate(spoken[0]):
        touchpoint = spoken[1][at] if at < len(spoken[1]) else ""
        rows += [[f"H{at:02}", DAY, "nps", str(at % 11), touchpoint, words("channel")[0], comment, "pl", ""]]
    rows += [["N1", DAY, "nps", "10", words("own")[1], "", words("own")[3], LANGUAGE, words("external")[0]]]
    assert bring(browser, "feedback", rows).refused_count == 0


def _bring_results(found: Company, browser: Browser) -> None:
    rows = [["unit_code", "period", "question", "promoters", "passives", "detractors"]]
    rows += [[f"H{at:02}", PERIOD, "enps", str(6 + at % 9), "5", str(5 + at % 7)] for at in range(len(words("name")))]
    rows += [["N1", PERIOD, item, "9", "8", "7"] for item in words("question", 60)[:6]]
    assert bring(browser, "results", rows).refused_count == 0
    publish_all(browser)
    drafts = [["N1", PERIOD, item, "9", "8", "7"] for item in words("draft", 60)[:3]]
    bring(browser, "results", [rows[0], *drafts], words("resultsfile")[0])


def _bring_refused(found: Company, browser: Browser) -> None:
    rows = [["unit_code", "date", "metric", "score"]]
    rows += [[item, DAY, "nps", "9"] for item in found.given("refused")]
    check(browser, "feedback", rows)
    bring(browser, "feedback", [*rows, ["N2", DAY, "nps", "9"]], words("donefile")[0])


def _leave_files(found: Company, browser: Browser, folder: Path) -> None:
    """Imports that wait for their mapping: by their names, their headers, their cells, their sheets."""
    for item in found.given("file"):
        uploaded(browser, "units", b"code,name\nA,B\n", item)
    uploaded(browser, "units", as_csv([words("header"), words("cell")]))
    uploaded(browser, "units", workbook(folder / "x.xlsx", words("sheet")).read_bytes(), "x.xlsx")
    import_id = uploaded(browser, "feedback", b"unit_code,metric,score\nN1,nps,9\n")
    assert send_mapping_file(browser, import_id, _mapping_file()).status_code == 302


def _mapping_file() -> str:
    values = "".join(
        f"{_toml(cell)} = {_toml(value)}\n" for cell, value in zip(words("from"), words("into"), strict=True)
    )
    constants = f"touchpoint = {_toml(words('constant')[2])}\n"
    columns = 'unit_code = "unit_code"\nmetric = "metric"\nscore = "score"\n'
    return f'kind = "feedback"\n[columns]\n{columns}[constants]\n{constants}[values.unit_code]\n{values}'


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t") + '"'
