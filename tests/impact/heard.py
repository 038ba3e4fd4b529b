"""Makes published results and customers' rollups for the tests of impact and home."""

from collections.abc import Mapping
from datetime import date

from app.core import clock
from app.core.periods import parse_period, period_for
from app.extensions import db
from app.imports.models import DataImport, ImportStatus
from app.people.models import Unit
from app.results.actions import Answers, Tally, publish
from app.voice.models import Feedback, FeedbackGroup, FeedbackQuarter, Metric

Bands = tuple[int, int, int]
SCORES = {Metric.NPS: (3, 8, 10), Metric.CSAT: (2, 3, 5), Metric.CES: (2, 4, 6)}


def publish_enps(period: str, answers: Mapping[Unit, Bands], *, headcount: Mapping[Unit, int] | None = None) -> None:
    """Through the one door: threshold 5, so that small branches show."""
    people = headcount or {}
    tallies = {unit.id: Tally(sum(bands), bands, headcount=people.get(unit)) for unit, bands in answers.items()}
    _publish("enps", period, tallies, is_means=False)


def publish_question(measure: str, period: str, answers: Mapping[Unit, Bands]) -> None:
    """A question that is not eNPS, scored by the same bands."""
    tallies = {unit.id: Tally(sum(bands), bands) for unit, bands in answers.items()}
    _publish(measure, period, tallies, is_means=False)


def publish_means(measure: str, period: str, means: Mapping[Unit, tuple[float, int]]) -> None:
    tallies = {unit.id: Tally(n, mean=mean) for unit, (mean, n) in means.items()}
    _publish(measure, period, tallies, is_means=True)


def _publish(measure: str, period: str, tallies: dict[int, Tally], *, is_means: bool) -> None:
    answers = Answers(
        measure=measure,
        period=period_for(parse_period(period)),
        tallies=tallies,
        rule="zero-to-ten",
        scale=(0, 10),
        is_means=is_means,
    )
    publish(answers, threshold=5, actor_id=None, now=clock.now())
    db.session.flush()


def make_import(*, is_visible: bool = True) -> DataImport:
    brought = DataImport(
        kind="feedback",
        status=ImportStatus.DONE,
        file_name="feedback.csv",
        digest="0" * 64,
        created_at=clock.now(),
        load_started_at=clock.now(),
        visible_at=clock.now() if is_visible else None,
    )
    db.session.add(brought)
    db.session.flush()
    return brought


def hear_customers(
    period: str, answers: Mapping[Unit, Bands], *, metric: Metric = Metric.NPS, is_visible: bool = True
) -> None:
    """The rollup as the import of feedback keeps it."""
    brought, span = make_import(is_visible=is_visible), period_for(parse_period(period))
    for unit, bands in answers.items():
        total = sum(score * n for score, n in zip(SCORES[metric], bands, strict=True))
        squares = sum(score * score * n for score, n in zip(SCORES[metric], bands, strict=True))
        low, middle, high = bands
        db.session.add(
            FeedbackQuarter(
                import_id=brought.id, unit_id=unit.id, period_id=span.id, metric=metric,
                low=low, middle=middle, high=high, n=sum(bands), score_sum=total, square_sum=squares,
            )
        )  # fmt: skip
    db.session.flush()


def hear_means(period: str, means: Mapping[Unit, tuple[float, int]], metric: Metric = Metric.CSAT) -> None:
    brought, span = make_import(), period_for(parse_period(period))
    for unit, (mean, n) in means.items():
        db.session.add(
            FeedbackGroup(
                import_id=brought.id, unit_id=unit.id, period_id=span.id, metric=metric,
                n=n, mean=mean, scale_low=0, scale_high=10,
            )
        )  # fmt: skip
    db.session.flush()


def hear_comment(unit: Unit, day: date, comment: str, *, score: int = 10, is_visible: bool = True) -> None:
    brought = make_import(is_visible=is_visible)
    db.session.add(
        Feedback(
            import_id=brought.id, unit_id=unit.id, answered_on=day, metric=Metric.NPS, score=score,
            comment=comment, language="pl", row_key=brought.id.to_bytes(16, "big"),
        )
    )  # fmt: skip
    db.session.flush()
