"""The table of Bank Wisła's units, which everything else reads, and the rows of the import of units.

Sizes are chosen so that the rule of the reporting threshold has something to show (methods 5.3, threshold 5 to 7):
`ZAK-KRU` is too small by itself; `OPE-ARC` is, too, and since nobody belongs directly to `OPE`, the smallest sibling
`OPE-BOK` has to be hidden with it. Everywhere else those who sit directly in a unit are none or more than seven.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.demo.story.timeline import FOUNDED, REORGANISED_IN, Timeline

ROOT = "BW"
COLUMNS = ("code", "name", "parent_code", "kind", "valid_from", "valid_to")


class DemoUnit(NamedTuple):
    """One unit: its place in the tree, how many sit directly in it, and where its scores end after two years.

    `share` is the usual response share of its pulse, `staff` its eNPS and `customers` its NPS in the last whole
    quarter, `asked` the NPS answers it gets in a good quarter (0: it has no customers of its own).
    """

    code: str
    name: str
    parent: str
    kind: str
    people: int
    share: float = 0.8
    staff: int = 0
    customers: int = 0
    asked: int = 0


CLOSED, CLOSED_INTO = "SOP-MON", "GDY-CEN"
MOVED, MOVED_TO = "KAT-CEN", "REG-PD"
OPENED, OPENED_FROM = "COK-UKR", "COK-INF"
OPENED_BY_TRANSFER = 6
RISING, DIVERGING = "KRK-RYN", "GDA-WRZ"

UNITS = (
    DemoUnit(ROOT, "Bank Wisła", "", "company", 0),
    DemoUnit("ZAR", "Biuro Zarządu", ROOT, "department", 12, 0.85, 38),
    DemoUnit("LUD", "Departament Ludzi i Kultury", ROOT, "department", 22, 0.9, 27),
    DemoUnit("CXP", "Departament Doświadczeń Klienta", ROOT, "department", 14, 0.86, 31),
    DemoUnit("FIR", "Departament Finansów i Ryzyka", ROOT, "department", 34, 0.72, 6),
    DemoUnit("ITE", "Departament Technologii", ROOT, "department", 0),
    DemoUnit("ITE-ROZ", "Rozwój Aplikacji", "ITE", "team", 28, 0.68, 11),
    DemoUnit("ITE-UTR", "Utrzymanie Systemów", "ITE", "team", 20, 0.75, -5),
    DemoUnit("OPE", "Departament Operacji", ROOT, "department", 0),
    DemoUnit("OPE-ROZ", "Rozliczenia", "OPE", "team", 26, 0.81, 3),
    DemoUnit("OPE-BOK", "Back Office Kredytowy", "OPE", "team", 15, 0.8, -7),
    DemoUnit("OPE-ARC", "Archiwum", "OPE", "team", 5, 0.8, 0),
    DemoUnit("COK", "Centrum Obsługi Klienta", ROOT, "department", 9, 0.89, 18),
    DemoUnit("COK-INF", "Infolinia", "COK", "team", 150, 0.6, -12, 8, 120),
    DemoUnit("COK-CZA", "Czat i Bankowość Mobilna", "COK", "team", 26, 0.77, 15, 27, 90),
    DemoUnit("COK-REK", "Reklamacje", "COK", "team", 20, 0.85, 2, 3, 60),
    DemoUnit("COK-HIP", "Centrum Hipoteczne", "COK", "team", 28, 0.71, 16, 19, 55),
    DemoUnit(OPENED, "Obsługa w Języku Ukraińskim i Rosyjskim", "COK", "team", 14, 0.86, 29, 37, 40),
    DemoUnit("REG-PD", "Region Południe", ROOT, "region", 9, 0.89, 20),
    DemoUnit(RISING, "Kraków Rynek", "REG-PD", "branch", 30, 0.97, 32, 41, 388),
    DemoUnit("KRK-NHU", "Kraków Nowa Huta", "REG-PD", "branch", 22, 0.73, 8, 22, 55),
    DemoUnit("KRK-POD", "Kraków Podgórze", "REG-PD", "branch", 24, 0.83, 20, 38, 55),
    DemoUnit("TAR-CEN", "Tarnów Wałowa", "REG-PD", "branch", 17, 0.88, 26, 33, 40),
    DemoUnit("RZE-CEN", "Rzeszów 3 Maja", "REG-PD", "branch", 21, 0.81, 14, 40, 45),
    DemoUnit("ZAK-KRU", "Zakopane Krupówki", "REG-PD", "branch", 5, 0.8, 40, 48, 18),
    DemoUnit("REG-PN", "Region Północ", ROOT, "region", 9, 0.89, 9),
    DemoUnit(DIVERGING, "Gdańsk Wrzeszcz", "REG-PN", "branch", 32, 0.88, -28, 36, 120),
    DemoUnit(CLOSED_INTO, "Gdynia Świętojańska", "REG-PN", "branch", 14, 0.79, -4, 20, 50),
    DemoUnit(CLOSED, "Sopot Monte Cassino", "REG-PN", "branch", 14, 0.79, 0, 26, 30),
    DemoUnit("SZC-CEN", "Szczecin Brama Portowa", "REG-PN", "branch", 20, 0.7, 10, 15, 45),
    DemoUnit("OLS-CEN", "Olsztyn Stare Miasto", "REG-PN", "branch", 16, 0.88, 30, 37, 40),
    DemoUnit("REG-CE", "Region Centrum", ROOT, "region", 9, 0.89, 15),
    DemoUnit("WAW-SRO", "Warszawa Śródmieście", "REG-CE", "branch", 24, 0.67, -8, 16, 70),
    DemoUnit("WAW-MOK", "Warszawa Mokotów", "REG-CE", "branch", 26, 0.77, 18, 25, 60),
    DemoUnit("WAW-PRA", "Warszawa Praga", "REG-CE", "branch", 24, 0.6, -17, 20, 55),
    DemoUnit("LDZ-PIO", "Łódź Piotrkowska", "REG-CE", "branch", 25, 0.76, 5, 34, 55),
    DemoUnit("LUB-CEN", "Lublin Krakowskie Przedmieście", "REG-CE", "branch", 18, 0.89, 24, 44, 45),
    DemoUnit("REG-ZA", "Region Zachód", ROOT, "region", 9, 0.89, 12),
    DemoUnit("WRO-RYN", "Wrocław Rynek", "REG-ZA", "branch", 28, 0.79, 12, 30, 65),
    DemoUnit("WRO-KRZ", "Wrocław Krzyki", "REG-ZA", "branch", 19, 0.74, -2, 13, 45),
    DemoUnit("POZ-JEZ", "Poznań Jeżyce", "REG-ZA", "branch", 24, 0.83, 22, 21, 55),
    DemoUnit("OPO-CEN", "Opole Ozimska", "REG-ZA", "branch", 15, 0.87, 36, 39, 40),
    DemoUnit(MOVED, "Katowice Mariacka", "REG-ZA", "branch", 23, 0.78, 4, 28, 55),
)
UNIT = {place.code: place for place in UNITS}

# Who leads a unit that nobody sits in directly: the second chair of this one.
LED_FROM = {ROOT: "ZAR", "ITE": "ITE-ROZ", "OPE": "OPE-ROZ"}


def is_open(place: DemoUnit, quarter: int) -> bool:
    if place.code == CLOSED:
        return quarter < REORGANISED_IN
    return place.code != OPENED or quarter >= REORGANISED_IN


def headcount(place: DemoUnit, quarter: int) -> int:
    """People who sit directly in the unit on each day of that quarter of the story."""
    if not is_open(place, quarter):
        return 0
    if place.code == CLOSED_INTO and quarter >= REORGANISED_IN:
        return place.people + UNIT[CLOSED].people
    return place.people


def units(today: date) -> Iterator[dict[str, str]]:
    """Rows of the unit tree, parents first; a second row with the same code is its next version."""
    changed_on = Timeline(today).reorganised_on.isoformat()
    for place in UNITS:
        since = changed_on if place.code == OPENED else FOUNDED.isoformat()
        until = changed_on if place.code == CLOSED else ""
        yield dict(zip(COLUMNS, (*place[:4], since, until), strict=True))
    moved = UNIT[MOVED]
    yield dict(zip(COLUMNS, (moved.code, moved.name, MOVED_TO, moved.kind, changed_on, ""), strict=True))
