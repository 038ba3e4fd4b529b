"""The spreadsheets of a small chain of shops: Polish headers, as people make them, and a mistake in each."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

SHOPS = {"KRA-RYN": "Kraków Rynek", "KRA-KAZ": "Kraków Kazimierz", "GDA-DLU": "Gdańsk Długa"}
STAFF, ANSWERS = 12, 9
OPINIONS = 5_200  # more than a web process writes by itself: the worker does it
WRONG_CODE = "NIE-MA"


def units(folder: Path) -> Path:
    rows = [
        "kod;nazwa;kod nadrzędny;rodzaj;od",
        "JAS;Sklepy Jaś;;company;2020-01-01",
        "KRA;Kraków i okolice;JAS;region;2020-01-01",
        "GDA;Gdańsk;JAS;region;2020-01-01",
        *(f"{code};{name};{code[:3]};branch;2020-01-01" for code, name in SHOPS.items()),
        f"SOP;Sopot Molo;{WRONG_CODE};branch;2020-01-01",
    ]
    return _text(folder / "jednostki.csv", rows)


def people(folder: Path) -> Path:
    rows = ["adres e-mail,imię i nazwisko,kod jednostki,stanowisko,data zatrudnienia,rola"]
    for code in SHOPS:
        for number in range(1, STAFF + 1):
            role = "manager" if number == 1 else ""
            address = f"{code.lower()}-{number}@jas.example"
            rows.append(f"{address},Osoba {code} {number},{code},Sprzedaż,2021-03-01,{role}")
    return _text(folder / "pracownicy.csv", [*rows, f"nikt@jas.example,Nikt Znikąd,{WRONG_CODE},Sprzedaż,2021-03-01,"])


def feedback(folder: Path, today: date) -> Path:
    """A workbook with a title above its header, as people make them."""
    path = folder / "opinie klientów.xlsx"
    chance = Random(7)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("Opinie"), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Opinie klientów", "eksport"])
        sheet.write_row(2, 0, ["Kod jednostki", "Data", "Ocena", "Komentarz", "Identyfikator"])
        for number in range(OPINIONS + 1):
            score = 11 if number == OPINIONS else chance.choice((3, 7, 8, 9, 9, 10, 10))
            answered_on = today - timedelta(days=1 + number % 200)
            sheet.write_string(3 + number, 0, chance.choice(list(SHOPS)))
            sheet.write_datetime(3 + number, 1, answered_on, day)
            sheet.write_row(3 + number, 2, [score, "Szybko i miło." if number % 40 == 0 else "", f"R-{number}"])
    return path


def results(folder: Path, today: date) -> Path:
    rows = ["kod jednostki;okres;pytanie;ocena"]
    for period in past_quarters(today):
        for code in SHOPS:
            rows += [f"{code};{period};enps;{score}" for score in _scores(code, period)]
    return _text(folder / "wyniki.csv", [*rows, f"KRA-RYN;{period};enps;dużo"])


def _scores(code: str, period: str) -> Iterator[int]:
    chance = Random(f"{code} {period}")
    yield from (chance.choice((2, 6, 7, 8, 9, 10, 10)) for _ in range(ANSWERS))


def past_quarters(today: date) -> list[str]:
    """The two that are over, the older first: 2026-Q2, 2026-Q3."""
    number = today.year * 4 + (today.month - 1) // 3
    return [f"{(number - back) // 4}-Q{(number - back) % 4 + 1}" for back in (2, 1)]


def _text(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
