"""What a change of the org chart does to published results: nothing. They stay on the tree of their day."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.effects import Change, Effect
from app.core.periods import Period
from app.extensions import db
from app.results.models import ResultFigure, ResultSet
from app.results.queries import published_sets


def published_on_the_old_tree(change: Change) -> Iterator[Effect]:
    """Sets of periods that were not over by that day, in which one of these units has its place."""
    units = set(change.unit_ids) | set(change.closing)
    of_units = sa.select(ResultFigure.set_id).where(ResultFigure.unit_id.in_(units))
    of_closing = sa.select(ResultFigure.set_id).where(ResultFigure.unit_id.in_(set(change.closing)))
    barring = set(db.session.scalars(of_closing)) if change.closing else set()
    touched = published_sets().where(Period.ends_on > change.day, ResultSet.id.in_(of_units))
    if change.until is not None:
        touched = touched.where(Period.starts_on < change.until)
    together: dict[tuple[str, bool], list[ResultSet]] = {}
    for found in db.session.scalars(touched):
        together.setdefault((found.label, found.id in barring), []).append(found)
    for (measure, bars), sets in together.items():  # eight quarters are one sentence
        periods = ", ".join(each.period.label for each in sets)
        sentence = _(
            "Published results stay as they are, on the tree that they were published on: %(measure)s, %(period)s.",
            measure=measure,
            period=periods,
        )
        yield Effect(sentence, " ".join(f"set {each.id}" for each in sets), bars_closing=bars)


EFFECTS = [published_on_the_old_tree]
