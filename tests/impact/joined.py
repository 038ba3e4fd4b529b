"""All that was harvested, joined into what the attacker of tests/stats reads: sums over groups of people."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from app.core.periods import Period
from app.extensions import db
from app.people.models import Unit
from app.results.models import ResultFigure, ResultSet
from tests.impact.harvest import Harvest, Key, Told
from tests.impact.small_company import Company, K, Tree
from tests.stats.attacker import SLACK, Attacker, Release, extremes
from tests.stats.organisations import Organisation, told_groups

Atom = tuple[int, bool]  # people of a unit; whether it is the victim alone
Exact = dict[Key, tuple[int, int, int]]


def published() -> Exact:
    """Counts as they stand in the table of figures: they only settle what rounding on a page leaves open."""
    rows = sa.select(ResultSet.measure, Period, Unit.name, ResultFigure).join(ResultFigure.result_set)
    rows = rows.join(ResultSet.period).join(Unit, Unit.id == ResultFigure.unit_id)
    return {(row[0], row[1].code, row[2]): row[3].counts for row in db.session.execute(rows) if row[3].counts}


@dataclass
class Joined:
    """Somebody who knows who belongs where and who answered, and has read everything that `harvest` holds."""

    company: Company
    harvest: Harvest
    exact: Exact

    def breaches(self) -> Iterator[str]:
        for series in self.company.answers:
            keys = [key for key in self.harvest.told if (key[0], _quarter(key[1])) == series]
            releases = []
            for key in keys:
                group = self.group_of(key)
                if group is None:
                    yield f"{key}: {self.harvest.told[key]} is of no group that should be told of"
                else:
                    releases.append((key, group))
            yield from (f"{series}: {fault}" for fault in self._attack(series, releases))

    def group_of(self, key: Key) -> frozenset[Atom] | None:
        """Those below the unit, on the tree of that time or on the other one, with or without the victim."""
        told, series = self.harvest.told[key], (key[0], _quarter(key[1]))
        node = next(node for node, unit in self.company.units.items() if unit.name == key[2])
        trees = [self.company.before, self.company.after]
        for tree in trees if series[1] == "2026-Q1" else reversed(trees):
            whole = self._below(node, tree)
            for group in (whole, frozenset(atom for atom in whole if not atom[1])):
                if not told.n or told.n == {sum(self.sizes(series)[atom] for atom in group)}:
                    return group
        return None

    def _below(self, node: int, tree: Tree) -> frozenset[Atom]:
        inside = Organisation(tree, {}).below(node)
        return frozenset((one, is_victim) for one in inside for is_victim in (False, True))

    def sizes(self, series: tuple[str, str]) -> dict[Atom, int]:
        found: dict[Atom, int] = {}
        for node, answers in self.company.answers[series].items():
            alone = int(node == self.company.victim and len(answers) > 0)
            found |= {(node, False): len(answers) - alone, (node, True): alone}
        return found

    def _attack(self, series: tuple[str, str], told: list[tuple[Key, frozenset[Atom]]]) -> list[str]:
        sizes = self.sizes(series)
        is_means = series[0] == "advocacy"
        releases = [one for key, group in told for one in self._releases(key, group, sizes, is_means=is_means)]
        attacker = Attacker(sizes, releases, integral=True)
        determined = [f"the sum of {union} is determined" for union in attacker.determined_unions(K)]
        if determined or not releases:
            return determined
        return list(_narrow_means(attacker) if is_means else attacker.breaches(K))

    def _releases(
        self, key: Key, group: frozenset[Atom], sizes: dict[Atom, int], *, is_means: bool
    ) -> Iterator[Release]:
        told, n = self.harvest.told[key], sum(sizes[atom] for atom in group)
        if is_means:
            low, high = min(told.scores) - 0.005, max(told.scores) + 0.005
            yield Release(group, balance=(low * n - SLACK, high * n + SLACK))
            return
        counts = self.exact.get(key)
        if counts and n >= 20 and sum(counts) == n and _is_shown_as(counts, told):
            yield Release(group, balance=(counts[2] - counts[0],) * 2)
            yield from self._passives(key, counts[1])
            return
        half = 0.5 if n >= 20 else 2.5
        yield Release(group, balance=((min(told.scores) - half) * n / 100, (max(told.scores) + half) * n / 100))

    def _passives(self, key: Key, passives: int) -> Iterator[Release]:
        """Bands are told of groups of 20 answers; one more may stand in the sum for whoever is in no group."""
        series = key[0], _quarter(key[1])
        tree = self.company.before if series[1] == "2026-Q1" else self.company.after
        direct = {node: (len(answers), 0, 0) for node, answers in self.company.answers[series].items()}
        organisation = Organisation(tree, dict.fromkeys(tree, (0, 0, 0)) | direct)
        node = next(node for node, unit in self.company.units.items() if unit.name == key[2])
        grouped = told_groups(organisation, K)[node]
        others = sum(organisation.sizes[one] for one in organisation.below(node) - grouped)
        atoms = frozenset((one, is_victim) for one in grouped for is_victim in (False, True))
        if grouped:
            yield Release(atoms, passives=(passives - min(others, 1), passives))


def _is_shown_as(counts: tuple[int, int, int], told: Told) -> bool:
    score = 100 * (counts[2] - counts[0]) / sum(counts)
    return all(abs(score - shown) <= 0.5 + SLACK for shown in told.scores)


def _quarter(code: str) -> str:
    """The quarter in which the answers of that period were given."""
    return "2026-Q1" if code in ("2026-03", "2026") else code


def _narrow_means(attacker: Attacker) -> Iterator[str]:
    """Nobody is proved to have answered an end of the scale, and of no small group the sum of scores is known."""
    sizes = [attacker.sizes[atom] for atom in attacker.atoms]
    rows = [np.eye(len(sizes))[place] for place in range(len(sizes))]
    limits = [(0.0, 10.0 * size) for size in sizes]
    for release in attacker.releases:
        rows.append(np.array([float(atom in release.atoms) for atom in attacker.atoms]))
        assert release.balance is not None
        limits.append(release.balance)
    lows, highs = np.array(limits).T
    for place, atom in enumerate(attacker.atoms):
        least, greatest = extremes(np.eye(len(sizes))[place], np.array(rows), lows, highs, integral=True)
        if least > 10 * sizes[place] - SLACK or greatest < SLACK:
            yield f"{atom} all answered an end of the scale"
        if sizes[place] < K and greatest - least < 1 - SLACK:
            yield f"{atom} answered {least} in all"
