"""What is typed, or stands in an address, and is said again at once: also where it is refused."""

import random
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.hostile.corpus import SEED, as_kept, some, words
from tests.hostile.doors import as_csv, send_mapping_file, upload, uploaded
from tests.hostile.examiner import Examiner, faults_of_headers
from tests.hostile.sheets import workbook
from tests.impact.heard import hear_customers, publish_enps

SETTINGS = {"languages": ["en", "pl", "ru"], "time_zone": "Europe/Warsaw", "reporting_threshold": "7"}
FIRST = {**SETTINGS, "email": "anna@sklep.example", "password": "cztery konie za płotem"}
SEARCHED = ("/people/units", "/people/employees", "/imports/", "/impact/", "/admin/audit")
ASKED = (
    "level",
    "period",
    "measure",
    "metric",
    "employees",
    "customers",
    "unit",
    "quarters",
    "page",
    "kind",
    "lang",
    "MARK",
)


def is_sound(answer: TestResponse, shown: str = "", *, status: int = 200) -> str:
    """The text that a reader sees; `shown` stands in it as it was typed."""
    assert answer.status_code == status, answer.text
    page = Examiner(answer.text)
    assert page.faults + faults_of_headers(answer.headers) == []
    assert not shown or " ".join(shown.split()) in " ".join(f"{page.text} {page.values}".split())
    return page.text


def asked(path: str, **parameters: str) -> str:
    return f"{path}?{'&'.join(f'{quote(name)}={quote(value)}' for name, value in parameters.items())}"


@pytest.fixture
def heard(cast: Cast, browser: Browser) -> Cast:
    browser.most_queries = 40
    publish_enps("2026-Q2", {cast.n1: (8, 10, 12), cast.n2: (5, 10, 15)})
    hear_customers("2026-Q2", {cast.n1: (70, 80, 238), cast.n2: (10, 10, 30)})
    uploaded(browser.sign_in(cast.adam), "units", b"code,name\nA,B\n")
    return cast


def test_what_is_searched_for_is_said_again_as_text(heard: Cast, browser: Browser) -> None:
    for person in (heard.adam, heard.hanna):
        browser.sign_in(person)
        for path in SEARCHED:
            if browser.get(path).status_code == 200:
                for item in some("search"):
                    is_sound(browser.get(asked(path, q=item)), item)


def test_what_an_address_asks_for_is_never_more_than_text(heard: Cast, browser: Browser) -> None:
    """Filters, pages, kinds, and parameters that nobody knows: all of them in one address, each with its own words."""
    chance, items = random.Random(SEED), some("asked")
    paths = (
        *SEARCHED,
        f"/impact/units/{heard.n1.id}",
        "/imports/new",
        "/pulse/drafts",
        "/pulse/sets",
        "/",
        "/settings/",
    )
    for item in items:
        for path in paths:
            parameters = {name: chance.choice(items) for name in ASKED} | {chance.choice(items): item}
            answer = browser.get(asked(path, **parameters))
            assert answer.status_code in (200, 404), path
            is_sound(answer, status=answer.status_code)


def test_a_link_that_opens_the_same_view_leads_to_our_own_pages(heard: Cast, browser: Browser) -> None:
    for item in some("view"):
        page = browser.get(asked("/impact/", level=item, period=item, employees=item))
        is_sound(page)
        link = next(value for name, value in Examiner(page.text).addresses if name == "value")
        assert link.startswith("http://localhost/impact/?")
        assert re.fullmatch(r"[!#-;=?-~]+", link), link
        assert parse_qs(urlsplit(link).query)["level"] == [item]
        is_sound(browser.get(link.removeprefix("http://localhost")))


def test_a_refused_sign_in_says_the_address_again_as_text(app: Flask, cast: Cast, browser: Browser) -> None:
    for item in some("email"):
        data = {"email": item, "password": ""}
        address = asked("/sign-in", next=item, lang=item, **{item: item})
        is_sound(browser.post(address, data=data), item, status=422)
        is_sound(browser.get(address))


def test_where_sign_in_leads_is_a_page_of_ours(cast: Cast, browser: Browser) -> None:
    """Also from a fragment, which names the page it is on in a header."""
    for item in some("next"):
        one_line = quote(item, safe="/:?#[]@!$&'()*+,;=<>\" ")
        for page in (item, f"/people/units?q={item}", f"//{item}"):
            answer = browser.get(
                "/people/units", headers={"HX-Request": "true", "HX-Current-URL": f"http://localhost{quote(page)}"}
            )
            assert (answer.status_code, faults_of_headers(answer.headers)) == (401, [])
        answer = browser.get(f"/people/employees?q={one_line}")
        assert (answer.status_code, faults_of_headers(answer.headers)) == (302, [])


def test_the_name_of_the_company_is_text_on_every_page(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for item in some("company"):
        assert browser.post("/admin/settings", data={**SETTINGS, "company_name": item}).status_code == 302
        for path in ("/", "/admin/settings"):
            is_sound(browser.get(path), item)
    is_sound(browser.get("/admin/audit"), item)


def test_a_refused_setting_is_said_again_as_text(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for item in some("setting"):
        data = {"company_name": item, "languages": [item], "time_zone": item, "reporting_threshold": item}
        is_sound(browser.post("/admin/settings", data=data), item, status=422)


def test_own_settings_refuse_without_running_what_was_sent(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.ewa)
    for item in some("mine"):
        is_sound(browser.post("/settings/time-zone", data={"time_zone": item}), status=422)
        is_sound(browser.post("/settings/theme", data={"theme": item, "next": item}), status=409)
        is_sound(browser.post("/settings/language", data={"language": item, "next": item}), status=409)
        answer = browser.post("/settings/theme", data={"theme": "dark", "next": item})
        assert (answer.location, faults_of_headers(answer.headers)) == ("/settings/", [])


def test_the_first_run_takes_every_name_as_text(browser: Browser) -> None:
    for item in some("first"):
        wrong = {**FIRST, "company_name": item, "name": item, "email": item, "password": ""}
        is_sound(browser.post(asked("/first-run/company", code=item), data=wrong), item, status=422)
    own, name = words("root")[2], words("admin")[1]
    answer = browser.post(
        "/first-run/company",
        data={**FIRST, "company_name": own, "name": name, "email": words("login")[0]},
        headers={"User-Agent": words("program")[0]},
    )
    assert answer.status_code == 302, answer.text
    for path, shown in (
        ("/", own),
        ("/settings/", words("login")[0]),
        ("/settings/sessions", ""),
        ("/people/units", own),
    ):
        is_sound(browser.get(path), shown)


def test_a_file_that_is_refused_is_spoken_of_as_text(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for item in some("upload"):
        is_sound(upload(browser, "units", b"", item), status=422)
        assert upload(browser, item, b"code,name\nA,B\n").status_code == 403


def test_a_mapping_file_that_is_refused_is_spoken_of_as_text(cast: Cast, browser: Browser) -> None:
    import_id = uploaded(browser.sign_in(cast.adam), "units", as_csv([words("header"), words("cell")]))
    for text, item in mapping_files():
        is_sound(send_mapping_file(browser, import_id, text), item, status=422)
    for item in words("header"):
        is_sound(browser.get(f"/imports/{import_id}/mapping"), as_kept(item))


def mapping_files() -> Iterator[tuple[str, str]]:
    """Each with hostile words in one of the places that a mapping has."""
    for item in some("mapping"):
        quoted = (
            '"' + "".join(each if each.isascii() and each.isalnum() else f"\\u{ord(each):04x}" for each in item) + '"'
        )
        yield f"kind = {quoted}\n", item.strip()
        yield f'kind = "units"\n{quoted} = 1\n', item
        yield f'kind = "units"\n[columns]\n{quoted} = "x"\n', item
        yield f'kind = "units"\n[columns]\nname = {quoted}\n', item
        yield f'kind = "units"\n[skip]\n{quoted} = ["x"]\n', item
        yield f'kind = "units"\n[values]\n{quoted} = 1\n', item


def test_a_sheet_that_is_not_there_is_spoken_of_as_text(cast: Cast, browser: Browser, tmp_path) -> None:  # type: ignore[no-untyped-def]
    content = workbook(tmp_path / "x.xlsx", words("sheet")[:3]).read_bytes()
    import_id = uploaded(browser.sign_in(cast.adam), "units", content, "x.xlsx")
    for item in some("gone")[:3]:
        is_sound(browser.get(asked(f"/imports/{import_id}/mapping", sheet=item)), item, status=422)


def test_fragments_hold_words_as_text(cast: Cast, browser: Browser) -> None:
    """An import at work, and one that could not be done."""
    import_id = uploaded(browser.sign_in(cast.adam), "units", b"code,name\nA,B\n", words("working")[2])
    import_ = db.session.get_one(DataImport, import_id)
    for status in (ImportStatus.CHECKING, ImportStatus.LOADING):
        import_.status, import_.load_started_at = status, clock.now()
        db.session.flush()
        is_sound(browser.get(f"/imports/{import_id}/progress", headers={"HX-Request": "true"}))
        is_sound(browser.get(f"/imports/{import_id}"), words("working")[2])
    reasons = [{"msgid": "There is no sheet “%(sheet)s”.", "params": {"sheet": item}} for item in words("failure")]
    import_.status, import_.failure = ImportStatus.FAILED, {"messages": reasons}
    db.session.flush()
    text = is_sound(browser.get(f"/imports/{import_id}"))
    assert all(" ".join(item.split()) in " ".join(text.split()) for item in words("failure"))
