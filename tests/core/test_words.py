"""Words of pages: in the language of the reader, whichever part of the page asks; what is put into them is escaped."""

import pytest
from flask import Flask, g, render_template_string
from flask_babel import force_locale, gettext, lazy_gettext, refresh

PEOPLE = "{{ ngettext('%(num)d person', '%(num)d people', count) }}"
UNITS = lazy_gettext("Organisation")


def said(text: str, **told: object) -> str:
    return render_template_string(text, **told)


@pytest.mark.parametrize(("language", "word"), [("en", "Organisation"), ("pl", "Organizacja"), ("ru", "Организация")])
def test_everybody_asks_the_same_catalogue(app: Flask, language: str, word: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert {said("{{ _('Organisation') }}"), gettext("Organisation"), str(UNITS)} == {word}


def test_a_part_of_a_page_may_speak_another_language(app: Flask) -> None:
    with app.test_request_context("/?lang=pl"):
        before = said("{{ _('Organisation') }}")
        with force_locale("ru"):
            assert said("{{ _('Organisation') }}") == str(UNITS) == "Организация"
        assert said("{{ _('Organisation') }}") == str(UNITS) == before == "Organizacja"


def test_who_has_just_chosen_another_language_reads_it(app: Flask) -> None:
    with app.test_request_context("/?lang=pl") as context:
        assert str(UNITS) == "Organizacja"
        context.request.args = {"lang": "ru"}  # type: ignore[assignment]
        refresh()
        assert said("{{ _('Organisation') }}") == str(UNITS) == "Организация"


@pytest.mark.parametrize(("count", "words"), [(1, "1 osoba"), (3, "3 osoby"), (5, "5 osób"), (1612, "1612 osób")])
def test_plurals_are_those_of_the_language(app: Flask, count: int, words: str) -> None:
    with app.test_request_context("/?lang=pl"):
        assert said(PEOPLE, count=count) == words


def test_what_is_put_into_words_is_escaped_and_the_words_are_not(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        hostile = said("{{ _('Account: %(name)s', name=name) }}", name="<b>&")
        assert hostile == "Account: &lt;b&gt;&amp;"
        assert said("{{ _('100%% of <b>it</b>') }}") == "100% of <b>it</b>"
        with pytest.raises(KeyError):
            said("{{ _('Account: %(name)s') }}")


def test_a_page_finds_its_catalogue_once(app: Flask) -> None:
    with app.test_request_context("/?lang=pl"):
        said("{{ _('Organisation') }}")
        found = g.spoken
        said("{{ _('People') }}" * 100)
        assert g.spoken is found


def test_outside_of_every_page_words_are_as_they_are_written() -> None:
    assert str(UNITS) == gettext("Organisation") == "Organisation"
