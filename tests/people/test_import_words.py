"""What a refusal says may be written, in the reader's language, is what the next import takes."""

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from app.people.chart.versions import key_of
from app.people.imports.employee_rows import NO_ROLE, ROLE_OF
from app.people.imports.unit_rows import KIND_OF, NO_KIND
from app.people.wording.names import KINDS, ROLES

LANGUAGES = ("en", "pl", "ru")


def listed(sentence: str) -> list[str]:
    return sentence.partition(":")[2].strip(" .").split(", ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_that_a_refusal_lists_is_taken(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert [ROLE_OF.get(key_of(word)) for word in listed(gettext(NO_ROLE))] == list(ROLES)
        assert [ROLE_OF.get(key_of(str(words))) for words in ROLES.values()] == list(ROLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_unit_that_a_refusal_lists_is_taken(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert [KIND_OF.get(word) for word in listed(gettext(NO_KIND))] == list(KINDS)
        assert [KIND_OF.get(str(words).casefold()) for words in KINDS.values()] == list(KINDS)
