"""Somebody who reads every published figure of every measure and period, and wants one answer more (methods.md 5.5)."""

import os
from collections import Counter
from random import Random

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.models import Unit
from app.results import actions
from app.results.models import ResultFigure
from tests.factories import make_unit
from tests.results.door import answers_of, figures_in, publish_now
from tests.stats.attacker import Attacker, Release
from tests.stats.organisations import Organisation, random_organisation, told_by

K = 5
SEEDS = range(60 if os.environ.get("REZONANS_LONG") else 6)


def build(organisation: Organisation, name: str) -> dict[int, Unit]:
    """The invented organisation as units of the database; a tree of its own beside the others."""
    units: dict[int, Unit] = {}
    for node, parent in organisation.parent_of.items():
        units[node] = make_unit(f"{name}-{node}", units[parent] if parent is not None else None)
    return units


def releases(organisation: Organisation, units: dict[int, Unit], figures: dict[int, ResultFigure]) -> list[Release]:
    """Everything that pages can tell: they read these figures and nothing else.

    Below 20 answers the figures hold counts that stand for a rounded score; P - D is what can be worked out of it.
    """
    found = []
    for node, unit in units.items():
        figure = figures[unit.id]
        if figure.counts is not None:
            detractors, passives, promoters = figure.counts
            found += told_by(organisation, K, node, passives=passives, balance=promoters - detractors)
    return found


def breaches(seed: int) -> list[str]:
    random = Random(seed)
    organisation = random_organisation(random)
    units = build(organisation, f"A{seed}")
    found = []
    for period, measure in (("2026-Q1", "enps"), ("2026-Q1", "empathy"), ("2026-Q2", "enps")):
        again = {node: reshuffled(counts, random) for node, counts in organisation.direct.items()}
        wave = Organisation(organisation.parent_of, again)
        if sum(wave.sizes.values()) < K:
            continue
        bands = {units[node]: counts for node, counts in wave.direct.items()}
        result_set = publish_now(answers_of(bands, period=period, measure=f"{measure}-{seed}"), threshold=K)
        figures = figures_in(result_set)
        found += list(Attacker(wave.sizes, releases(wave, units, figures)).breaches(K))
    return found


def reshuffled(counts, random: Random):
    """Not everybody answers each question, and not the same."""
    people = [band for band, count in enumerate(counts) for _ in range(count) if random.random() < 0.9]
    random.shuffle(people)
    return tuple(Counter(people)[band] for band in range(3))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_published_figures_together_tell_of_fewer_than_the_threshold(seed, database):
    assert breaches(seed) == []


def test_nothing_below_five_is_ever_stored(database):
    for seed in SEEDS[:3]:
        breaches(seed)
    stored = sa.select(sa.func.min(ResultFigure.n), sa.func.count()).where(ResultFigure.n.is_not(None))
    least, rows = db.session.execute(stored).one()
    assert rows > 10
    assert least >= K
    loose = sa.select(ResultFigure.id).where(
        ResultFigure.n.is_(None), ResultFigure.detractors.is_not(None) | ResultFigure.headcount.is_not(None)
    )
    assert db.session.scalars(loose).all() == []


def test_the_attacker_finds_what_an_unguarded_door_would_give_away(database, monkeypatch):
    """The test of the test: publish every node from five answers on, and he must get through."""

    def careless(parent_of, direct, k, moved):
        tree = Organisation(parent_of, {node: (direct.get(node, 0), 0, 0) for node in parent_of})
        large, members = {node for node in parent_of if tree.size(node) >= k}, {}
        for node in parent_of:
            home = node
            while home is not None and home not in large:
                home = parent_of[home]
            members.setdefault(home, set()).add(node)
        return {node: members[node] for node in large}

    monkeypatch.setattr(actions, "blocks", careless)
    assert any(breaches(seed) for seed in range(10))
