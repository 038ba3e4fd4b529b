"""What the table says of a file stands on the page, in the language of the person, with line, column and value."""

from html import unescape

import pytest

from app.extensions import db
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.bad_input import file_sentences, sentences
from tests.imports.bad_input.case import LANGUAGES
from tests.imports.bad_input.sentences import told
from tests.imports.walk import newest, upload

KEPT = (
    "Nothing of the file was kept.",
    "Nic z tego pliku nie zostało zachowane.",
    "Из этого файла ничего не сохранено.",
)
WRITTEN = ("Nothing of it was written.", "Nic z niego nie zapisano.", "Ничего из него не записано.")
NOTHING_YET = ("Nothing has been written yet.", "Nic jeszcze nie zostało zapisane.", "Пока ничего не записано.")
MAPPING = (
    """kind = "feedback"\n[columns]\nunit_code = "unit_code"\ndate = "date"\nscore = "score"\nmetric = "metric"\n"""
)
WAITS = (
    "1 row can be imported, 1 waits for a unit (1 unknown unit).",
    "1 wiersz można zaimportować, 1 czeka na jednostkę (1 nieznana jednostka).",
    "Можно импортировать 1 строку, 1 ждёт подразделения (1 неизвестное подразделение).",
)
ZEROS = (
    "Its code “N1” differs only in zeros before a number.",
    "Jej kod „N1” różni się tylko zerami przed liczbą.",
    "Его код «N1» отличается только нулями перед числом.",
)
HEADER = "unit_code,date,metric,score\n"


@pytest.fixture(params=range(len(LANGUAGES)), ids=LANGUAGES)
def language(request: pytest.FixtureRequest, cast: Cast) -> int:
    number: int = request.param
    cast.celina.language = LANGUAGES[number]
    db.session.commit()
    return number


def chosen(browser: Browser) -> str:
    """The page after the mapping was chosen as it was suggested."""
    import_id = newest().id
    columns = {f"column_{name}": name for name in ("unit_code", "date", "metric", "score")}
    answer = browser.post(f"/imports/{import_id}/mapping", data={"header_row": "1", "base": MAPPING, **columns})
    assert answer.status_code == 302
    return unescape(browser.get(answer.location).text)


def test_a_file_that_cannot_be_read(browser: Browser, cast: Cast, language: int) -> None:
    page = unescape(upload(browser.sign_in(cast.celina), "", kind="feedback").text)
    assert file_sentences.EMPTY[language] in page
    assert KEPT[language] in page


def test_a_file_of_which_nothing_can_be_taken(browser: Browser, cast: Cast, language: int) -> None:
    upload(browser.sign_in(cast.celina), HEADER, kind="feedback")
    page = chosen(browser)
    assert file_sentences.NO_ROWS[language] in page
    assert WRITTEN[language] in page


def test_a_row_that_is_refused(browser: Browser, cast: Cast, language: int) -> None:
    upload(browser.sign_in(cast.celina), HEADER + "N1,2026-09-01,ltr,9\nN1,2026-09-01,nps,9\n", kind="feedback")
    page = chosen(browser)
    assert sentences.NO_METRIC[language] in page
    assert ">ltr<" in page
    assert NOTHING_YET[language] in page


def test_a_row_of_a_unit_that_nobody_knows(browser: Browser, cast: Cast, language: int) -> None:
    upload(browser.sign_in(cast.celina), HEADER + "N01,2026-09-01,nps,9\nN1,2026-09-01,nps,9\n", kind="feedback")
    assert WAITS[language] in chosen(browser)
    page = unescape(browser.get("/imports/unmatched-units").text)
    assert ">N01<" in page
    assert ZEROS[language] in page


def test_a_row_that_comes_in_and_is_worth_a_look(browser: Browser, cast: Cast, language: int) -> None:
    cast.adam.language = LANGUAGES[language]
    upload(browser.sign_in(cast.adam), "code,name,parent_code\nN01,Unit N1,NORTH\n", kind="units")
    base = 'kind = "units"\n[columns]\ncode = "code"\nname = "name"\nparent_code = "parent_code"\n'
    columns = {f"column_{name}": name for name in ("code", "name", "parent_code")}
    answer = browser.post(f"/imports/{newest().id}/mapping", data={"header_row": "1", "base": base, **columns})
    page = browser.get(answer.location).text
    assert told(sentences.SAME_NAME, name="Unit N1", code="N1")[language] in unescape(page)
    assert "/acceptance" in page
    browser.post(f"/imports/{newest().id}/acceptance", data={"yes_to": "1"})  # it is asked about, too
    assert newest().remarks is None, "it names units"


def test_a_formula_in_a_refused_row_is_none_in_the_download(browser: Browser, cast: Cast) -> None:
    upload(
        browser.sign_in(cast.celina), HEADER + 'N1,2026-09-01,nps,"=1+1"\nN1,2026-09-01,nps,9\n' * 3, kind="feedback"
    )
    chosen(browser)
    lines = browser.get(f"/imports/{newest().id}/refusals").text.splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [[line, "Score", "'=1+1"] for line in ("2", "4", "6")]
