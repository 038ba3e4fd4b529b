"""Three complete languages: every word that the code shows stands translated, none is left over or in doubt."""

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from config import ROOT

LANGUAGES = ("pl", "ru")
KEYWORDS = ("_l", "N_", "lazy_gettext", "ngettext:1,2", "lazy_ngettext:1,2", "NN_:1,2", "gettext", "_")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@cache
def words_of_the_code() -> frozenset[str | tuple[str, ...]]:
    with (ROOT / "babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), method_map, options_map, keywords=parse_keywords(KEYWORDS))
    return frozenset(message for _, _, message, _, _ in found if message)


def catalogue(language: str) -> Catalog:
    path = ROOT / "app/translations" / language / "LC_MESSAGES/messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    known = {message.id: message for message in catalogue(language) if message.id}
    missing = [words for words in words_of_the_code() if _plain(words) not in {_plain(key) for key in known}]
    assert not missing, f"{len(missing)} missing: {missing[:10]}"
    empty = [message.id for message in known.values() if not _complete(message.string)]
    assert not empty, f"{len(empty)} untranslated: {empty[:10]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_in_doubt_or_left_over(language: str) -> None:
    in_code = {_plain(words) for words in words_of_the_code()}
    for message in catalogue(language):
        if message.id:
            assert not message.fuzzy, message.id
            assert _plain(message.id) in in_code, f"nobody says this any more: {message.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(_plain(message.id) if isinstance(message.id, str) else message.id[1]))
        for text in [message.string] if isinstance(message.string, str) else message.string:
            found = set(PLACEHOLDER.findall(text))
            assert found <= wanted | {"%(num)d", "%(num)s"}, message.id
            if isinstance(message.id, str):
                assert found == wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_compiled(language: str) -> None:
    faults = [(message.id, errors) for message, errors in catalogue(language).check()]
    assert not faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_polish_and_russian_have_three_plural_forms(language: str) -> None:
    assert catalogue(language).num_plurals == 3


def _plain(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _complete(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else all(string)
