"""Files as large companies have them: units, people, customers' answers. Each is the same whenever it is written."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

UNITS, BAD_SHARE = 2_000, 0.0016
FIRST_DAY, DAYS = date(2024, 1, 1), 700
WORDS = "quick kind slow queue staff helpful waited long time counter nobody smiled thank you very good again parking"
NAMES = ("Anna", "Piotr", "Maria", "Jan", "Katarzyna", "Andrzej", "Ewa", "Tomasz", "Olga", "Ivan", "Zofia", "Marek")
JOBS = ("Cashier", "Adviser", "Barista", "Driver", "Team leader")
UNIT = ("code", "name", "parent_code", "valid_from")
ANSWER = ("unit_code", "date", "metric", "score", "touchpoint", "channel", "language", "comment", "external_id")
PERSON = ("email", "employee_number", "name", "unit_code", "manager", "job", "language", "starts_on")


def code_of(unit: int) -> str:
    return f"U-{unit:05}"


def units_file(path: Path) -> Path:
    """A company, twenty regions, and its branches."""
    rows = [(code_of(0), "Company", "", "2015-01-01")]
    rows += [(code_of(unit), f"Region {unit}", code_of(0), "2015-01-01") for unit in range(1, 21)]
    rows += [(code_of(unit), f"Branch {unit}", code_of(unit % 20 + 1), "2015-01-01") for unit in range(21, UNITS)]
    return _written(path, UNIT, rows)


def answers_file(path: Path, count: int) -> Path:
    return _written(path, ANSWER, _answers(count, Random(7)))


def _answers(count: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    """A third has words; each answer has its number in the source; a few rows are bad, each in one of four ways."""
    words = WORDS.split()
    for number in range(count):
        unit, day = code_of(chance.randrange(UNITS)), str(FIRST_DAY + timedelta(days=chance.randrange(DAYS)))
        metric, score = chance.choice((("nps", chance.randrange(11)), ("csat", chance.randrange(1, 6))))
        if chance.random() < BAD_SHARE:
            unit, day, metric, score = chance.choice(
                (("U-NONE", day, metric, score), (unit, "31.02.2026", metric, score), (unit, day, "ltr", score),
                 (unit, day, metric, 12))
            )  # fmt: skip
        comment = " ".join(chance.choices(words, k=chance.randrange(4, 16))) if chance.random() < 1 / 3 else ""
        touchpoint, channel = chance.choice(("Counter", "Phone", "Web", "App", "")), chance.choice(("e-mail", "sms"))
        language = chance.choice(("pl", "en", "ru"))
        yield unit, day, metric, score, touchpoint, channel, language, comment, f"R-{number:08}"


def people_file(path: Path, count: int) -> Path:
    return _written(path, PERSON, _people(count, Random(11)))


def _people(count: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    """The first in each unit is the line manager of the others there; a few addresses are none."""
    for number in range(count):
        unit = number % UNITS
        manager = f"person{unit}@example.org" if number >= UNITS else ""
        is_bad = number >= UNITS and chance.random() < BAD_SHARE
        address = "nobody at home" if is_bad else f"person{number}@example.org"
        name = f"{chance.choice(NAMES)} {chance.choice(NAMES)}ska {number}"
        yield (
            *(address, f"E{number:06}", name, code_of(unit), manager),
            *(
                chance.choice(JOBS),
                chance.choice(("pl", "en", "ru")),
                str(date(2015 + number % 10, 1 + number % 12, 1)),
            ),
        )


def workbook(path: Path, count: int) -> Path:
    """Customers' answers on one sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(chain([ANSWER], _answers(count, Random(7)))):
            sheet.write_row(line, 0, row)
    return path


def _written(path: Path, header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
