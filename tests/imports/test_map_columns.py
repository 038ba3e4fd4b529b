"""The second step: which column is which."""

import io
import re

import pytest

from app.core import uploads
from app.core.permissions import Permission
from app.imports.mapping import read_mapping
from app.imports.models import ImportStatus
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.things import bring_things
from tests.imports.walk import choices, hidden, newest, uploaded

pytestmark = pytest.mark.usefixtures("things")


def test_what_is_suggested_is_chosen_and_shown_with_examples(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    page = browser.get(f"/imports/{import_.id}/mapping").text
    assert '<option selected value="code">code — A1, B2, X3</option>' in page
    assert '<option selected value="">not in this file</option>' in page  # the colour


def test_the_choice_is_kept_and_the_file_is_checked(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    answer = browser.post(f"/imports/{import_.id}/mapping", data=choices(constant_colour="red"))
    assert answer.location == f"/imports/{import_.id}"
    import_ = newest()
    assert (import_.status, import_.new_count, import_.refused_count) == (ImportStatus.CHECKED, 2, 1)
    mapping = read_mapping(import_.mapping)
    assert mapping.columns == {"code": ("code",), "name": ("name",)}
    assert mapping.constants == {"colour": "red"}


def test_a_bad_mapping_is_refused_and_the_choices_stay(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    data = choices(column_code="", column_name="name", constant_colour="red")
    answer = browser.post(f"/imports/{import_.id}/mapping", data=data)
    assert answer.status_code == 422
    assert "The import needs “Code”" in answer.text
    assert 'value="red"' in answer.text
    assert newest().status is ImportStatus.UPLOADED
    assert newest().mapping == ""


def test_a_column_that_the_file_does_not_have_is_refused(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    assert browser.post(f"/imports/{import_.id}/mapping", data=choices(column_code="nowhere")).status_code == 422


@pytest.mark.parametrize("base", ["", "kind = ", 'kind = "other"', '[skip]\n"Gone" = ["x"]\nkind = "things"'])
def test_a_base_that_somebody_meddled_with_breaks_nothing(browser: Browser, cast: Cast, base: str) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    answer = browser.post(f"/imports/{import_.id}/mapping", data=choices(base=base))
    assert answer.status_code in (302, 422)


def test_another_header_row_can_be_chosen(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), "Report of today,\nid,label\ncode,name\nA,Alpha\n")
    page = browser.get(f"/imports/{import_.id}/mapping?header_row=3").text
    assert '<option selected value="code">code — A</option>' in page
    assert '<option value="3" selected>' in page
    browser.post(f"/imports/{import_.id}/mapping", data=choices(header_row="3", base='kind = "things"\nheader_row = 3'))
    assert newest().row_count == 1


def test_a_sheet_that_is_not_there_gets_a_sentence(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    assert browser.get(f"/imports/{import_.id}/mapping?header_row=77777").status_code == 200
    assert browser.post(f"/imports/{import_.id}/mapping", data=choices(header_row="x")).status_code == 422


def test_a_mapping_file_is_taken_and_given_back(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), "kod,one,two,leave\nA,a,b,\nB,c,d,yes\n")
    text = 'kind = "things"\n[columns]\ncode = "kod"\nname = ["one", "two"]\n[skip]\nleave = ["yes"]\n'
    answer = send_mapping(browser, import_.id, text)
    assert answer.location == f"/imports/{import_.id}/mapping"
    page = browser.get(answer.location).text
    assert '<option selected value="*">one + two</option>' in page
    base = browser.get(f"/imports/{import_.id}/mapping-file").text
    data = choices(base=base, column_code="kod", column_name="*")
    assert browser.post(f"/imports/{import_.id}/mapping", data=data).status_code == 302
    import_ = newest()
    assert (import_.new_count, import_.skipped_count) == (1, 1)
    assert read_mapping(import_.mapping).columns["name"] == ("one", "two")


def send_mapping(browser: Browser, import_id: int, text: str | bytes):  # type: ignore[no-untyped-def]
    content = text.encode() if isinstance(text, str) else text
    data = {"mapping_file": (io.BytesIO(content), "m.toml")}
    return browser.post(f"/imports/{import_id}/mapping-file", data=data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('kind = "units"\n', "This mapping is for “units”"),
        ("kind = ", "not valid TOML"),
        (b"\xff\xfe\x00", "not a mapping file"),
        ('kind = "things"\nheader_row = 9\n', "Line 9 of the file is empty"),
        ('kind = "things"\n[columns]\ncode = "cod"\n', "Is it “code”?"),
    ],
)
def test_a_wrong_mapping_file_says_what_is_wrong(
    browser: Browser, cast: Cast, text: str | bytes, sentence: str
) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    answer = send_mapping(browser, import_.id, text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert newest().mapping == ""


def test_a_wrong_mapping_file_costs_nothing_that_was_chosen(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina), "Report,of today\ncode,name\nA,Alpha\n")
    data = choices(header_row="2", column_code="name", column_name="", constant_colour="red")
    answer = browser.post(f"/imports/{import_.id}/mapping-file", data=data | {"mapping_file": (io.BytesIO(b"="), "m")})
    assert answer.status_code == 422
    assert "not valid TOML" in answer.text
    assert chosen_in(answer.text) == {"header_row": "2", "column_code": "name", "column_name": "", "colour": "red"}


def test_what_is_typed_is_kept_for_the_mapping_that_it_began_with(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    address = f"/imports/{import_.id}/mapping"
    first = browser.get(address).text
    refused = browser.post(address, data=choices(base=hidden(first, "base"), column_code="")).text
    assert draft_of(first) == draft_of(refused)
    send_mapping(browser, import_.id, 'kind = "things"\n[columns]\ncode = "name"\nname = "code"\n')
    assert draft_of(browser.get(address).text) != draft_of(first), "a mapping that is brought is not written over"


def test_a_header_row_that_was_chosen_goes_with_the_form(browser: Browser, cast: Cast) -> None:
    """As the page itself sends it, and where the file would suggest another."""
    import_ = uploaded(browser.sign_in(cast.celina), "code,name\nA,Alpha\ncode 2,name 2\nB,Beta\n")
    address = f"/imports/{import_.id}/mapping"
    assert hidden(browser.get(address).text, "header_row") == "1"
    page = browser.get(f"{address}?header_row=3").text
    data = {"header_row": hidden(page, "header_row"), "base": hidden(page, "base")}
    assert browser.post(address, data=data | {"column_code": "code 2", "column_name": "name 2"}).status_code == 302
    assert newest().row_count == 1
    assert read_mapping(newest().mapping).header_row == 3


def draft_of(page: str) -> str:
    return re.findall('data-draft="(columns-[0-9]+)"', page)[0]


def chosen_in(page: str) -> dict[str, str]:
    selects = {name: body for name, body in re.findall(r'<select [^>]*name="(column_\w+)">(.*?)</select>', page, re.S)}
    marked = {name: re.findall(r'<option selected value="([^"]*)"', body)[0] for name, body in selects.items()}
    del marked["column_colour"]
    return marked | {"header_row": hidden(page, "header_row"), "colour": hidden(page, "constant_colour")}


def test_no_mapping_file_says_so(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    answer = browser.post(f"/imports/{import_.id}/mapping-file", data={})
    assert answer.status_code == 422
    assert "Choose a mapping file." in answer.text


def test_a_stranger_does_not_find_it(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    browser.sign_in(cast.hanna)  # may import, but not this kind
    for path in ("mapping", "mapping-file", ""):
        assert browser.get(f"/imports/{import_.id}/{path}".rstrip("/")).status_code == 404
    assert browser.post(f"/imports/{import_.id}/mapping", data=choices()).status_code == 404
    assert send_mapping(browser, import_.id, "").status_code == 404


def test_who_sees_it_but_may_no_longer_bring_its_kind_is_refused(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    bring_things(browser.app, permission=Permission.UNIT_IMPORT)
    assert browser.get(f"/imports/{import_.id}/mapping").status_code == 200
    assert browser.post(f"/imports/{import_.id}/mapping", data=choices()).status_code == 404


def test_mapping_needs_the_role_and_signing_in(browser: Browser, cast: Cast) -> None:
    assert "/sign-in" in browser.get("/imports/1/mapping").location
    assert browser.sign_in(cast.ewa).get("/imports/1/mapping").status_code == 403


def test_once_loaded_its_columns_are_history_and_its_file_may_be_gone(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    browser.post(f"/imports/{import_.id}/mapping", data=choices())
    browser.post(f"/imports/{import_.id}/acceptance")
    uploads.remove(import_.digest)
    assert browser.get(f"/imports/{import_.id}/mapping").location.endswith(f"/imports/{import_.id}")
    assert browser.post(f"/imports/{import_.id}/mapping", data=choices()).status_code == 409
    assert browser.post(f"/imports/{import_.id}/mapping-file").status_code == 409


def test_a_file_that_cannot_be_read_any_more_puts_no_page_into_the_page(browser: Browser, cast: Cast) -> None:
    import_ = uploaded(browser.sign_in(cast.celina))
    uploads.path_of(import_.digest).write_bytes(b"\x00" * 40)
    path = f"/imports/{import_.id}/mapping"
    assert "<html" in browser.get(path).text
    fragment = browser.get(path, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert fragment.status_code == 422
    assert "<html" not in fragment.text
