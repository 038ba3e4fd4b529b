"""methods.md 5.5: somebody who reads every number that is shown, and what he must not find."""

import os
from random import Random

import numpy as np
import pytest

from app.stats import disclosure
from app.stats.disclosure import tree
from tests.stats.attacker import Attacker, Release, extremes
from tests.stats.organisations import random_organisation, releases_of

K = 5
LONG = bool(os.environ.get("REZONANS_LONG"))


def two_by_two(first_row, second_row, first_column, second_column):
    sizes = {"A1": 5, "A2": 2, "B1": 2, "B2": 5}
    margins = {
        ("A1", "A2"): first_row,
        ("B1", "B2"): second_row,
        ("A1", "B1"): first_column,
        ("A2", "B2"): second_column,
    }
    return Attacker(sizes, [Release(frozenset(atoms), counts) for atoms, counts in margins.items()], integral=True)


# The attacker himself


def test_he_solves_the_classic_table():
    """Rows 20 50 10 | 8 19 22 | 17 32 12 with their totals; (2,1), (2,3), (3,1) and (3,3) hidden."""
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
    sums = np.array([49 - 19, 61 - 32, 45 - 20, 44 - 10])
    ranges = [extremes(aim, rows, sums, sums) for aim in np.eye(4)]
    assert np.array(ranges) == pytest.approx(np.array([[0, 25], [5, 30], [0, 25], [4, 29]]))


def test_he_subtracts_two_breakdowns():
    sizes = {"A-short": 6, "A-long": 0, "B-short": 1, "B-long": 5}
    units = [Release(frozenset({"A-short", "A-long"}), (2, 2, 2)), Release(frozenset({"B-short", "B-long"}), (2, 2, 2))]
    tenures = [
        Release(frozenset({"A-short", "B-short"}), (2, 2, 3)),
        Release(frozenset({"A-long", "B-long"}), (2, 2, 1)),
    ]
    attacker = Attacker(sizes, [*units, *tenures])
    assert ("B-short",) in set(attacker.determined_unions(K))
    assert [attacker.range_of("B-short", band) for band in range(3)] == [(0, 0), (0, 0), (1, 1)]
    assert not list(Attacker(sizes, units).determined_unions(K))
    assert not list(Attacker(sizes, tenures).determined_unions(K))


def test_he_determines_every_cell_of_unlucky_margins():
    attacker = two_by_two((7, 0, 0), (0, 3, 4), (5, 1, 1), (2, 2, 3))
    for atom in attacker.atoms:
        for band in range(3):
            least, greatest = attacker.range_of(atom, band)
            assert least == pytest.approx(greatest)
    assert list(attacker.breaches(K))


def test_he_leaves_protected_margins_one_answer_wide():
    attacker = two_by_two((3, 2, 2), (2, 3, 2), (3, 3, 1), (2, 2, 3))
    ranges = [attacker.range_of(atom, band) for atom in attacker.atoms for band in range(3)]
    assert [greatest - least for least, greatest in ranges] == pytest.approx([1] * 12)
    assert not list(attacker.breaches(K))


def test_he_proves_unanimity():
    attacker = Attacker({"team": 6, "head": 1}, [Release(frozenset({"team", "head"}), balance=(-7, -7))])
    assert "team are all detractors" in set(attacker.breaches(K))


# What he finds in what we publish


def breached(random):
    organisation = random_organisation(random)
    attacker = Attacker(organisation.sizes, releases_of(organisation, K))
    return any(attacker.determined_unions(K))


def test_no_small_group_can_be_worked_out():
    random = Random(7)
    assert not any(breached(random) for _ in range(2903 if LONG else 200))


def test_no_answer_can_be_worked_out():
    random, examined = Random(11), 0
    while examined < (120 if LONG else 12):
        organisation = random_organisation(random)
        if not LONG and len(organisation.parent_of) > 14:
            continue
        attacker = Attacker(organisation.sizes, releases_of(organisation, K), integral=examined % 4 == 0)
        assert list(attacker.breaches(K)) == []
        examined += 1


def test_showing_every_unit_above_the_threshold_is_broken(monkeypatch):
    """The mutant: size instead of L decides. He needs no 50 organisations, and most of them fall."""
    monkeypatch.setattr(tree, "holds_alone", lambda loose, k: True)
    random = Random(7)
    broken = sum(breached(random) for _ in range(50))
    assert broken > 25


def test_without_the_clamp_unanimity_is_proved(monkeypatch):
    organisation = random_organisation(Random(3))
    organisation.direct = {node: (sum(counts), 0, 0) for node, counts in organisation.direct.items()}
    assert not list(Attacker(organisation.sizes, releases_of(organisation, K)).breaches(K))
    monkeypatch.setattr(disclosure, "clamp", lambda counts: counts)
    assert list(Attacker(organisation.sizes, releases_of(organisation, K)).breaches(K))
