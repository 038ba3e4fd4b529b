"""The words of the reader's language, of which a page has a hundred.

Flask-Babel finds the catalogue anew for each of them: whose request it is, which language, under which name the
catalogue is kept. Here a page finds it once, and again when a part of it speaks another language.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

MOST_KEPT = 8192  # texts of our own templates: some thousands, and never what somebody typed


class Words:
    """One language, for as long as the process lives: catalogues are files of the program."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations
        # Whole, and ready for values: in both a per cent sign is written twice, as Jinja wants it.
        self.text: Callable[[str], Markup] = lru_cache(MOST_KEPT)(lambda text: self.pattern(text) % {})
        self.pattern: Callable[[str], Markup] = lru_cache(MOST_KEPT)(lambda text: Markup(translations.ugettext(text)))  # noqa: S704 - our own words


_AS_WRITTEN = Words(NullTranslations())  # in the program, where there is nobody whose language it could be


class Spoken(NamedTuple):
    """What a page speaks; for as long as Flask-Babel holds this very locale to be its own."""

    locale: Any
    words: Words


class Catalogues(Domain):
    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self._words: dict[str, Words] = {}

    def get_translations(self) -> NullTranslations:
        return self.spoken().translations

    def spoken(self) -> Words:
        try:
            here: Any = g._get_current_object()
        except RuntimeError:
            return _AS_WRITTEN
        locale = getattr(getattr(here, "_flask_babel", None), "babel_locale", None) or get_locale()
        known: Spoken | None = getattr(here, "spoken", None)
        if known is None or known.locale is not locale:
            known = here.spoken = Spoken(locale, self._of(str(locale)))
        return known.words

    def _of(self, language: str) -> Words:
        if language not in self._words:
            self._words[language] = Words(super().get_translations())
        return self._words[language]


class Languages(Babel):
    @cached_property
    def domain_instance(self) -> Catalogues:
        return Catalogues(self.domain)


def bind_words(app: Flask, languages: Languages) -> None:
    """Templates ask past Jinja's own functions, which for each word call each other three deep."""
    with app.app_context():
        catalogues = languages.domain_instance

    def gettext(text: str, /, **told: Any) -> Markup:
        words = catalogues.spoken()
        return words.pattern(text) % told if told else words.text(text)

    def ngettext(one: str, many: str, num: int, /, **told: Any) -> Markup:
        pattern = Markup(catalogues.spoken().translations.ungettext(one, many, num))  # noqa: S704 - our own words
        return pattern % {"num": num, **told}

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
