"""What figures are called and said to be, in the reader's language. Nothing here says that one causes another."""

from datetime import date
from functools import lru_cache

from markupsafe import Markup

from app.core import formats
from app.core.locales import language
from app.core.periods import ROMAN, PeriodKind, period_label
from app.core.texts import _, ngettext
from app.impact.figures import Comparison, Figure, Reading
from app.impact.queries.answers import Tree
from app.stats.scores import Verdict

EMPLOYEES, CUSTOMERS = "employees", "customers"


def points(value: float) -> str:
    """+32, −8, 0: whole points, as every page shows them."""
    return _signed(language(), round(value))


@lru_cache(maxsize=2048)
def _signed(_language: str, whole: int) -> str:
    return formats.signed(whole)


def count(value: int) -> str:
    return _number(language(), value, 0)


def decimal(value: float, places: int = 2) -> str:
    return _number(language(), value, places)


@lru_cache(maxsize=4096)
def _number(_language: str, value: float, places: int) -> str:
    return formats.number(value, places)


def correlation(value: float) -> str:
    """+0.52, −0.10: with its sign, two decimals."""
    return formats.signed(value, 2)


def quarter(day: date) -> str:
    return period_label(PeriodKind.QUARTER, day)


def quarter_short(day: date, *, with_year: bool) -> str:
    """For an axis: the year stands at its first quarter only."""
    number = (day.month + 2) // 3
    name = f"Q{number}" if language() == "en" else ROMAN[number - 1]
    return f"{name} {day.year}" if with_year else name


def published_for(reading: Reading) -> str:
    """The period of the results, which is not of the whole quarter where employees' results came by the month."""
    return period_label(*reading.part) if reading.part else quarter(reading.quarter)


def since(comparison: Comparison) -> str:
    """The period compared with, by the name under which it was published."""
    return period_label(*comparison.part) if comparison.part else quarter(comparison.since)


def moved(comparison: Comparison) -> str:
    """The size of a change; which way it went is said by other words."""
    points, places = comparison.moved
    return decimal(abs(points), places)


def hidden() -> str:
    return _("hidden to protect people")


def nobody() -> str:
    return _("no answers yet")


def score(reading: Reading) -> str:
    if reading.figure:
        return points(reading.figure.score)
    return hidden() if reading.is_hidden else nobody()


def from_to(low: float, high: float) -> str:
    return _("from %(low)s to %(high)s", low=points(low), high=points(high))


def span(reading: Reading) -> str:
    return f"{points(reading.figure.low)} … {points(reading.figure.high)}" if reading.figure else ""


def people(figure: Figure) -> str:
    """27 of 30 people answered (90%)."""
    if figure.headcount is None:
        return ngettext("%(num)s answer", "%(num)s answers", figure.n)
    return ngettext(
        "%(num)s of %(all)s people answered (%(share)s)",
        "%(num)s of %(all)s people answered (%(share)s)",
        figure.n,
        all=count(figure.headcount),
        share=formats.percent(figure.n / figure.headcount),
    )


def n_of(reading: Reading) -> str:
    if reading.figure is None:
        return ""
    told = count(reading.figure.n)
    if reading.figure.headcount is not None:
        told = _("%(n)s of %(all)s", n=told, all=count(reading.figure.headcount))
    return f"{told} ({period_label(*reading.part)})" if reading.part else told


def opinions(figure: Figure) -> str:
    return ngettext("%(num)s answer in the quarter", "%(num)s answers in the quarter", figure.n)


def verdict_kind(reading: Reading, verdict: Verdict | None) -> str:
    """Which chip: coloured and with an arrow only where something changed."""
    if reading.figure is None:
        return "hidden" if reading.is_hidden else ""
    return {Verdict.UP: "up", Verdict.DOWN: "down", Verdict.UNCLEAR: "unchanged"}.get(verdict, "too-few")  # type: ignore[arg-type]


def verdict(reading: Reading) -> str:
    """The chip under a score: what happened since when, and how sure that is."""
    if reading.figure is None:
        return ""
    if reading.comparison is None:
        return _("no earlier quarter to compare with")
    told = {
        "points": moved(reading.comparison),
        "period": since(reading.comparison),
    }
    if reading.verdict is Verdict.UP:
        return _("up %(points)s since %(period)s, unlikely to be chance", **told)
    if reading.verdict is Verdict.DOWN:
        return _("down %(points)s since %(period)s, unlikely to be chance", **told)
    if reading.verdict is None:
        return _("too few answered to say")
    return _("not clearly changed since %(period)s", **told)


def verdict_short(reading: Reading, verdict: Verdict | None) -> str:
    """The same in a table: up 6, down 8, not clearly changed; there it may be another than on the unit's own page."""
    if reading.figure is None or reading.comparison is None:
        return ""
    points = moved(reading.comparison)
    if verdict is Verdict.UP:
        return _("up %(points)s", points=points)
    if verdict is Verdict.DOWN:
        return _("down %(points)s", points=points)
    if verdict is None:
        return _("too few to say")
    if reading.verdict is Verdict.UP:
        return _("not clearly changed beside the others (alone: up %(points)s)", points=points)
    if reading.verdict is Verdict.DOWN:
        return _("not clearly changed beside the others (alone: down %(points)s)", points=points)
    return _("not clearly changed")


def customers_sentence(unit: str, reading: Reading) -> Markup:
    """The finding about customers, its heart in bold."""
    told = {"unit": unit, "period": quarter(reading.quarter)} | _told(reading)
    if reading.figure is None:
        return rich(_("Customers of %(unit)s have not answered in %(period)s."), told)
    if reading.verdict is Verdict.UP:
        words = _(
            "Customers of %(unit)s: <strong>NPS %(score)s, up %(points)s</strong> since %(since)s (unlikely to be"
            " chance)."
        )
    elif reading.verdict is Verdict.DOWN:
        words = _(
            "Customers of %(unit)s: <strong>NPS %(score)s, down %(points)s</strong> since %(since)s"
            " (unlikely to be chance)."
        )
    elif reading.comparison and reading.verdict is None:
        words = _("Customers of %(unit)s: <strong>NPS %(score)s</strong>, too few answers to tell a change.")
    elif reading.comparison:
        words = _("Customers of %(unit)s: <strong>NPS %(score)s</strong>, not clearly changed since %(since)s.")
    else:
        words = _("Customers of %(unit)s: <strong>NPS %(score)s</strong>.")
    return rich(words, told)


def team_sentence(reading: Reading) -> Markup:
    told = {"period": quarter(reading.quarter)} | _told(reading)
    if reading.is_hidden:
        return rich(_("The team: hidden to protect people."), told)
    if reading.figure is None:
        return rich(_("The team: no results for %(period)s yet."), told)
    if reading.verdict is Verdict.UP:
        words = _("The team: <strong>eNPS %(score)s, up %(points)s</strong> since %(since)s (unlikely to be chance).")
    elif reading.verdict is Verdict.DOWN:
        words = _("The team: <strong>eNPS %(score)s, down %(points)s</strong> since %(since)s (unlikely to be chance).")
    elif reading.verdict is Verdict.UNCLEAR:
        words = _("The team: <strong>eNPS %(score)s</strong>, not clearly changed since %(since)s.")
    elif reading.figure.is_thin:
        words = _("The team: <strong>eNPS %(score)s</strong>, but fewer than half answered.")
    else:
        words = _("The team: <strong>eNPS %(score)s</strong>.")
    return rich(words, told)


def _told(reading: Reading) -> dict[str, str]:
    if reading.figure is None:
        return {}
    told = {"score": points(reading.figure.score)}
    if reading.comparison:
        told |= {"points": moved(reading.comparison), "since": since(reading.comparison)}
    return told


def rich(words: str, told: dict[str, str]) -> Markup:
    """The words are ours (source or catalogue); what is put into them is escaped."""
    return Markup(words) % told  # noqa: S704


def team_notes(reading: Reading) -> list[str]:
    """What must be known to read the team's number."""
    figure = reading.figure
    notes: list[str] = []
    if figure is None:
        return notes
    if reading.part:
        notes.append(_("These results were published for %(period)s.", period=period_label(*reading.part)))
    if figure.is_rounded:
        notes.append(_("Fewer than 20 answers: the score is rounded to 5, to protect people."))
    if figure.bounds and figure.share:
        notes.append(
            _(
                "Whatever those who did not answer think, the score lies between %(low)s and %(high)s.",
                low=points(figure.bounds[0]),
                high=points(figure.bounds[1]),
            )
        )
    return notes


def still_running(period: str) -> str:
    return _("%(period)s is still running: its numbers will change.", period=period)


def tree_names() -> list[tuple[str, str]]:
    """How customers' answers can be put together: what the address says, and what the menu does."""
    return [(Tree.NOW, _("customers: units as they are now")), (Tree.THEN, _("customers: units as they were"))]


def tree_told(tree: Tree) -> str:
    """On which tree each voice stands."""
    customers = (
        _(
            "Customers' answers are put together as units are now: a unit carries the answers of those that became part"
            " of it, and takes its own along when it moves. Answers to a unit that was divided count above it, in none"
            " of its parts."
        )
        if tree is Tree.NOW
        else _("Customers' answers are put together as units were: each quarter on the tree of its last day.")
    )
    return customers + " " + _("Employees' published numbers stay on the tree they were published on, either way.")
