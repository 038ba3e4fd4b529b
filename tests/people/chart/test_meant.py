"""Which unit a file probably means."""

from datetime import date

import pytest

from app.core.unit_words import UnitWords
from app.people.chart.meant import Known, Meanings

SOUTH, NORTH = ("Firma", "COMPANY", "Południe", "POLUDNIE"), ("Firma", "COMPANY", "Północ", "POLNOC")
UNITS = [
    Known(1, "0012", "Kraków Rynek", SOUTH, old_names=(("Kraków Główny", date(2025, 1, 1)),)),
    Known(2, "0107", "Gdańsk Długa", NORTH),
    Known(3, "KR-WOLA", "Wola", SOUTH),
    Known(4, "GD-WOLA", "Wola", NORTH),
    Known(5, "A-3", "Oddział 3", NORTH),
    Known(6, "A-8", "Oddział 8", NORTH, old_codes=(("B-8", date(2024, 4, 1)),)),
]


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    return Meanings(UNITS)


@pytest.mark.parametrize(
    ("words", "unit_id", "reason", "is_sure"),
    [
        (UnitWords("12"), 1, "Its code “0012” differs only in zeros before a number.", True),
        (UnitWords("107", "Gdańsk, Długa"), 2, "Its code “0107” differs only in zeros before a number.", True),
        (UnitWords("107", "Wola"), 2, "Its code “0107” differs only in zeros before a number.", False),
        (UnitWords("kr wola"), 3, "Its code “KR-WOLA” differs only in case, spaces, hyphens or accents.", True),
        (UnitWords("krakow-rynek"), 1, "It is called so.", True),
        (UnitWords("K7", "KRAKÓW RYNEK"), 1, "It is called so.", True),
        (UnitWords("", "Kraków Główny"), 1, "It was called so until 2025-01-01.", True),
        (UnitWords("b8"), 6, "It had the code “b8” until 2024-04-01.", True),
        (UnitWords("Wola", above="północ"), 4, "It is called so, and stands under “północ” as in the file.", True),
        (UnitWords("Wola"), 3, "It is called so, as other units are.", False),
        (UnitWords("KR-WOLA Salon"), 3, "Its code “KR-WOLA” stands in these words.", True),
        (UnitWords("Rynek Krakow"), 1, "Its name “Kraków Rynek” is nearly the same.", False),
        (
            UnitWords("Krakow Rynekk", above="Poludnie"),
            1,
            "Its name “Kraków Rynek” is nearly the same, and it stands under “Poludnie” as in the file.",
            False,
        ),
        (UnitWords("KR-WLOA"), 3, "Its code “KR-WOLA” is nearly the same.", False),
    ],
)
def test_what_is_likeliest_and_why(
    meanings: Meanings, words: UnitWords, unit_id: int, reason: str, is_sure: bool
) -> None:
    first = meanings.of(words)[0]
    assert (first.unit_id, str(first.reason), first.is_sure) == (unit_id, reason, is_sure)


@pytest.mark.parametrize("text", ["Oddział 4", "Zielona Góra", "999", "K-101", "?", "A-33"])
def test_what_is_like_nothing_is_not_guessed(meanings: Meanings, text: str) -> None:
    assert meanings.of(UnitWords(text)) == []


def test_two_that_are_each_beyond_doubt_are_a_doubt() -> None:
    both = Meanings([Known(1, "AB", "Rynek"), Known(2, "KR", "A-B")]).of(UnitWords("a b"))
    assert [(each.unit_id, each.is_sure) for each in both] == [(1, False), (2, False)]
