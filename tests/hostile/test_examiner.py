"""The examiner finds what it looks for: each fault, planted in a sound page, is named; and a sound page has none."""

import pytest
from flask import Flask, render_template_string

from tests.browser_check import Browser
from tests.cast import Cast
from tests.hostile.corpus import HOSTILE, MARK, words
from tests.hostile.examiner import Examiner, faults_of_headers
from tests.hostile.test_forms import is_sound

IT = "zqplanté07"
PAGE = "<!doctype html><html><head><title>x</title></head><body><main>{}</main></body></html>"
PLANTED = {
    f"<{IT}>": "an element",
    f"<p {IT}>x</p>": "an attribute",
    f'<p class="{IT}">x</p>': "words where none belong",
    f'<p id="x" onclick="{IT}">x</p>': "an attribute",
    '<p onmouseover="x">x</p>': "an attribute",
    '<iframe srcdoc="x"></iframe>': "an attribute",
    f'<a href="javascript:{IT}">x</a>': "an address that runs",
    f'<a href="JaVa\tScRiPt:{IT}">x</a>': "an address that runs",
    f'<form action="data:text/html,{IT}"></form>': "an address that runs",
    f'<a href="//evil.example/{IT}">x</a>': "href",
    f'<a href="https://evil.example/{IT}">x</a>': "href",
    f'<img src="/x {IT}" alt="x">': "src",
    f"<!-- {IT} -->": "a comment",
    f"<!{IT}>": "",
    f"<?{IT}?>": "",
    f"<script>{IT}</script>": "a script in the page",
    "<script>alert(1)</script>": "a script in the page",
    f'<script type="application/json">"{IT}<!--"</script>': "JSON that could end its own script",
    "<script>": "a script that never ends",
    "<p>49zqplanté07</p>": "a template was evaluated",
}
SOUND = (
    f"<p>{IT}</p>",
    f'<input value="{IT}" title="{IT}">',
    f'<script type="application/json">"{IT}"</script>',
    '<a href="/people/units?q=zqplant%C3%A907">x</a>',
    '<img src="data:image/svg+xml;base64,AA" alt="x">',
)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found(planted: str) -> None:
    faults = Examiner(PAGE.format(planted)).faults
    assert faults
    assert any(PLANTED[planted] in fault for fault in faults), faults


@pytest.mark.parametrize("sound", SOUND)
def test_words_as_words_are_no_fault(sound: str) -> None:
    assert Examiner(PAGE.format(sound)).faults == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Name": "a\r\nSet-Cookie: a=b"},
        {"X-Name": IT},
        {"Location": "//evil.example"},
        {"Location": "https://evil.example/"},
        {"HX-Redirect": "javascript:alert(1)"},
    ],
)
def test_headers_that_were_forged_are_found(headers: dict[str, str]) -> None:
    assert faults_of_headers(headers)
    assert faults_of_headers({"Location": "/people/units", "X-Name": "plain"}) == []


def test_nothing_of_the_corpus_that_is_markup_goes_by_unescaped(app: Flask) -> None:
    """Taken as markup, each item that is markup is a fault; taken as text, none of all is."""
    for number, item in enumerate(HOSTILE):
        marked = item.replace(MARK, f"zqrawé{number:02}")
        with app.test_request_context():
            escaped = render_template_string("<p title='{{ it }}'>{{ it }}</p>", it=marked)
            raw = render_template_string("<p>{{ it|safe }}</p>", it=marked)
        assert Examiner(PAGE.format(escaped)).faults == [], item
        if marked.lstrip("\"'>-]").startswith("<") and not marked.startswith("<r>"):
            assert Examiner(PAGE.format(raw)).faults, item


def test_a_page_of_ours_that_forgot_to_escape_is_found(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: a name in the database, a template that calls it safe, the page as a browser gets it."""
    cast.n1.name = next(item for item in words("plant") if "<" in item)
    browser.sign_in(cast.adam)
    is_sound(browser.get(f"/people/units/{cast.n1.id}"))
    monkeypatch.setattr(browser.app.jinja_env, "autoescape", False)
    browser.app.jinja_env.cache.clear()  # type: ignore[union-attr]
    try:
        with pytest.raises(AssertionError):
            is_sound(browser.get(f"/people/units/{cast.n1.id}"))
    finally:
        browser.app.jinja_env.cache.clear()  # type: ignore[union-attr]
