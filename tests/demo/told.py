"""Reading the told story: plain arithmetic that owes nothing to the product."""

import math
from collections import Counter
from datetime import date

TODAY = date(2026, 11, 22)
QUARTERS = ("2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
REORGANISED = "2025-10-01"
THRESHOLD = 7

Row = dict[str, str]
Scores = dict[tuple[str, str], list[int]]  # by unit and quarter


def quarter_of(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def net(scores: list[int]) -> float:
    return 100 * (sum(score > 8 for score in scores) - sum(score < 7 for score in scores)) / len(scores)


def counts(scores: list[int]) -> tuple[int, int, int]:
    return (
        sum(score < 7 for score in scores),
        sum(6 < score < 9 for score in scores),
        sum(score > 8 for score in scores),
    )


def pearson(pairs: list[tuple[float, float]]) -> float:
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - x_mean) * (y - y_mean) for x, y in pairs)
    return covariance / math.sqrt(
        sum((x - x_mean) * (x - x_mean) for x in xs) * sum((y - y_mean) * (y - y_mean) for y in ys)
    )


def parents_on(tree: list[Row], day: str) -> dict[str, str | None]:
    """The tree as it stands on a day: the last version of each unit that has begun and not ended."""
    begun = [row for row in tree if row["valid_from"] <= day]
    latest = {row["code"]: row for row in begun}
    return {
        code: row["parent_code"] or None for code, row in latest.items() if not row["valid_to"] or day < row["valid_to"]
    }


def sitting_in(staff: list[Row], day: str) -> Counter[str]:
    """People by unit on a day: the last row of each person that has begun, unless she has left."""
    current: dict[str, Row] = {}
    for row in staff:
        if row["starts_on"] <= day:
            current[row["email"]] = row
    return Counter(row["unit_code"] for row in current.values() if not row["ends_on"] or day < row["ends_on"])
