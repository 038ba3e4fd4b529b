"""Imprint, privacy notice and terms: written by the administrator, open to everybody."""

import pytest

from app.core import settings
from app.core.markup import paragraphs
from app.core.permissions import Role
from app.extensions import db
from tests.browser_check import Browser
from tests.cast import Cast
from tests.factories import make_grant

WORDS = {"en": "We are Firma.\n\nWrite to mailto:office@example.org", "pl": "Jesteśmy Firmą.", "ru": ""}


def test_a_text_is_written_and_linked_at_the_foot_of_every_page(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.adam).post("/admin/legal/imprint", data=WORDS)
    assert answer.location == "/admin/legal/imprint"
    assert settings.company("legal_imprint") == {"en": WORDS["en"], "pl": WORDS["pl"]}
    assert 'href="/legal/imprint"' in browser.get("/").text
    assert "We are Firma." in browser.get("/admin/legal/imprint").text
    browser.post("/sign-out")
    assert 'href="/legal/imprint"' in browser.get("/sign-in").text
    assert 'href="/legal/terms"' not in browser.get("/sign-in").text


def test_strangers_read_it_in_their_language(cast: Cast, browser: Browser) -> None:
    settings.set_company("legal_privacy", {"en": "English words", "pl": "Polskie słowa"}, actor_id=None)
    db.session.commit()
    assert "English words" in browser.get("/legal/privacy").text
    assert "Polskie słowa" in browser.get("/legal/privacy?lang=pl").text
    assert '<div lang="en"><p>English words' in browser.get("/legal/privacy?lang=ru").text, (
        "rather another than nothing"
    )
    assert "<div><p>Polskie" in browser.get("/legal/privacy?lang=pl").text


@pytest.mark.parametrize("path", ["/legal/imprint", "/legal/nothing", "/admin/legal/nothing"])
def test_what_nobody_wrote_is_not_there(cast: Cast, browser: Browser, path: str) -> None:
    assert browser.sign_in(cast.adam).get(path).status_code == 404


def test_a_text_that_is_too_long_is_kept_in_the_form(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.adam).post("/admin/legal/terms", data={"en": "x" * 50_001})
    assert answer.status_code == 422
    assert "x" * 50_001 in answer.text
    assert settings.company("legal_terms") == {}


def test_it_needs_the_role_on_the_whole_company(cast: Cast, browser: Browser) -> None:
    assert browser.post("/admin/legal/terms", data=WORDS).location.startswith("/sign-in")
    assert browser.sign_in(cast.hanna).post("/admin/legal/terms", data=WORDS).status_code == 403
    make_grant(cast.marek, Role.ADMINISTRATOR, cast.north)
    assert browser.sign_in(cast.marek).post("/admin/legal/terms", data=WORDS).status_code == 404
    assert settings.company("legal_terms") == {}


def test_the_same_words_twice_are_written_once(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.adam)
    for _ in range(2):
        browser.post("/admin/legal/imprint", data=WORDS)
    assert browser.get("/admin/audit?q=setting").text.count('lang="en">setting.changed<') == 1


def test_words_become_paragraphs_lists_and_links_and_nothing_else() -> None:
    told = paragraphs("One & <b>two</b>\r\nline\r\n\r\n- first\n- https://example.org/a?b=1&c=2.\n\n<script>x</script>")
    assert told == (
        "<p>One &amp; &lt;b&gt;two&lt;/b&gt;<br>line</p>\n"
        '<ul><li>first</li><li><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">'
        "https://example.org/a?b=1&amp;c=2</a>.</li></ul>\n"
        "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )
    assert "href" not in paragraphs("javascript:alert(1) data:text/html,x //evil.example")
    assert paragraphs("  \n\n ") == ""
    assert 'href="https://x&#34;' not in paragraphs('https://x"onmouseover="y')
