"""Every number about employees' answers that pages, charts and exports tell, whoever they are told to."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from app.core.periods import parse_period, period_code
from tests.impact.crawl import Crawled
from tests.impact.pages import csv_rows, words_of, xlsx_rows

Key = tuple[str, str, str]  # measure, code of the period, name of the unit
HIDDEN = ("hidden to protect people", "no answers yet", "")
OWN_CARD = re.compile(r"Your unit: (Unit \w+) (Q\d \d{4}) team ([+−]?\d+)\D* (\d+) (?:of|answer)")


@dataclass
class Told:
    """All that was told of one unit's answers to one question in one period."""

    n: set[int] = field(default_factory=set)
    scores: set[float] = field(default_factory=set)
    seen_on: list[str] = field(default_factory=list)


class Tables(HTMLParser):
    """Tables as lists of texts, the chosen option of every select, and what charts are drawn from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.chosen: dict[str, str] = {}
        self.charts: list[dict] = []
        self._cell: list[str] | None = None
        self._select, self._is_chart = "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._cell = []
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self.chosen[self._select] = given["value"]
        self._is_chart = tag == "script" and given.get("type") == "application/json"

    def handle_data(self, text):
        if self._is_chart:
            self.charts.append(json.loads(text))
        if self._cell is not None:
            self._cell.append(text)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        self._is_chart = False


class Harvest:
    def __init__(self) -> None:
        self.told: dict[Key, Told] = defaultdict(Told)
        self.totals: set[int] = set()  # answers that a draft is said to hold

    def gather(self, crawled: Crawled) -> None:
        page: tuple[str, str] = ("enps", "")
        of_export: dict[str, tuple[str, str]] = {}
        for address, answer in crawled.items():
            if answer.status_code != 200:
                continue
            where = address.split("?")[0]
            if where.endswith((".csv", ".xlsx")):
                self._export(address, answer, of_export.get(address, page))
            elif answer.mimetype == "text/html":
                page = self._page(address, answer)
                links = re.findall(r'href="(/impact/export[^"]*)"', answer.text)
                of_export.update({unescape(link): page for link in links})

    def _add(self, key: Key, address: str, score: str, n: str = "") -> None:
        if score in HIDDEN and n in HIDDEN:
            return
        told = self.told[key]
        if score not in HIDDEN:
            told.scores.add(number(score))
        if n not in HIDDEN:
            told.n.add(int(number(n.split(" of ")[0])))
        told.seen_on.append(address)

    def _page(self, address: str, answer: TestResponse) -> tuple[str, str]:
        found = Tables(answer.text)
        period = found.chosen.get("period") or found.chosen.get("employees", "")
        measure = found.chosen.get("measure", "enps")
        title = " ".join(re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL))
        for table in found.tables:
            self._table(table, address, title, (measure, period), words_of(answer))
        for chart in found.charts:
            self._chart(chart, address, title, (measure, period))
        for unit, quarter, score, n in re.findall(OWN_CARD, words_of(answer)):
            self._add(("enps", code(quarter), unit), address, score, n)
        if address.startswith("/pulse/drafts"):
            counted = re.findall(r"Answers</dt>\s*<dd[^>]*>\s*([\d,]+)", answer.text)
            self.totals.update(int(number(text)) for text in counted)
        return measure, period

    def _table(self, table: Sequence[Sequence[str]], address: str, title: str, of: tuple[str, str], page: str) -> None:
        head, *rows = table or [[]]
        if head[:2] == ["Quarter", "Team eNPS"]:
            for row in rows:
                self._add(("enps", code(row[0]), title), address, row[1], row[2])
        elif head[:2] == ["Measure", "Period"]:
            for row in rows:
                if row[0].startswith("team: "):
                    measure = row[0].removeprefix("team: ").casefold()
                    self._add((measure, code(row[1]), title), address, row[2], row[4])
        elif head[:1] == ["Unit"] and address.split("?")[0] == "/impact/":
            self._company(head, rows, address, of)
        elif head[:2] == ["Unit", "Team eNPS"]:
            (quarter,) = re.findall(r"Units (?:below in|you look after) (Q\d \d{4})", page)[:1]
            for row in rows:
                n = row[2] if head[2] == "n" else "".join(re.findall(r"\(n (\d+)\)", row[1]))
                self._add(("enps", code(quarter), row[0]), address, row[1].split(" (n")[0], n)

    def _company(self, head: Sequence[str], rows: Iterable[Sequence[str]], address: str, of: tuple[str, str]) -> None:
        if head[1:2] and head[1] not in ("Customers' NPS", "CSAT, percent satisfied"):
            for row in rows:
                self._add((of[0], of[1], row[0]), address, row[1], row[2])

    def _chart(self, chart: dict, address: str, title: str, of: tuple[str, str]) -> None:
        if chart["kind"] == "trend":
            years = re.findall(r"\d{4}", chart["describe"])
            quarters = _filled(chart["periods"], int(years[-1]))
            for quarter, score in zip(quarters, chart["series"][0]["scores"], strict=True):
                if score is not None:
                    self._add(("enps", quarter, title), f"chart of {address}", str(score))
        else:
            for point in chart["points"]:
                n = re.findall(r", n ([\d,]+)", point["text"])
                self._add((*of, point["name"]), f"chart of {address}", str(point["x"]), n[0] if n else "")

    def _export(self, address: str, answer: TestResponse, of: tuple[str, str]) -> None:
        rows = csv_rows(answer) if address.split("?")[0].endswith(".csv") else list(map(_texts, xlsx_rows(answer)))
        head, *rows = rows
        for row in rows:
            if "/units/" in address:
                self._add(("enps", code(row[1]), row[0]), address, row[2], row[3])
            elif head[2:3] == ["Team: n"]:
                self._add((*of, row[0]), address, row[1], row[2])


def _texts(row: Sequence[object]) -> list[str]:
    return [f"{cell:g}" if isinstance(cell, float) else str(cell if cell is not None else "") for cell in row]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").lstrip("+'"))


def code(label: str) -> str:
    kind, first, _ = parse_period(label)
    return period_code(kind, first)


def _filled(labels: Sequence[str], last_year: int) -> Iterator[str]:
    """The axis writes the year at the first quarter of it only; the last one is known."""
    found, year = [], last_year
    for label in reversed(labels):
        quarter = re.match(r"Q(\d)", label)
        assert quarter is not None
        found.append(f"{year}-Q{quarter[1]}")
        year -= quarter[1] == "1"
    return reversed(found)  # type: ignore[return-value]
