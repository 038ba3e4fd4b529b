"""Somebody who knows the chart, who belongs where, the algorithm and every number shown, and wants one answer more.

methods.md 5.5. People are grouped in atoms, the finest groups that any release tells apart (`sizes`). A release is the
exact counts, or only the range of promoters minus detractors, of a set of atoms. What follows from all of them together
is found with linear algebra (which sums are determined) and linear or integer programming (how far each may range).
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

BANDS = ("detractors", "passives", "promoters")
SLACK = 1e-6


@dataclass(frozen=True)
class Release:
    """What is known of a set of atoms: its counts, or the lowest and highest P - D, or fewest and most passives."""

    atoms: frozenset
    counts: Sequence[int] | None = None
    balance: tuple[float, float] | None = None
    passives: tuple[float, float] | None = None


@dataclass
class Attacker:
    sizes: Mapping
    releases: Sequence[Release]
    integral: bool = False
    atoms: list = field(init=False)

    def __post_init__(self):
        self.atoms = [atom for atom, size in self.sizes.items() if size]

    def range_of(self, atom, band: int) -> tuple[float, float]:
        """The fewest and the most answers of this band that the atom may hold."""
        aim = np.zeros(3 * len(self.atoms))
        aim[3 * self.atoms.index(atom) + band] = 1
        return extremes(aim, *self._constraints(), integral=self.integral)

    def determined_unions(self, k: int, most: int = 3) -> Iterator[tuple]:
        """Unions of at most `most` atoms with fewer than k people whose sum follows from the releases."""
        incidence = np.array([[atom in release.atoms for atom in self.atoms] for release in self.releases], float)
        if not incidence.size:
            return
        _, strengths, directions = np.linalg.svd(incidence, full_matrices=False)
        span = directions[strengths > 1e-9]
        for number in range(1, most + 1):
            for union in itertools.combinations(range(len(self.atoms)), number):
                if sum(self.sizes[self.atoms[place]] for place in union) >= k:
                    continue
                seen = span[:, list(union)].sum(axis=1)
                if number - seen @ seen < SLACK:
                    yield tuple(self.atoms[place] for place in union)

    def breaches(self, k: int) -> Iterator[str]:
        """What must never be possible. That nobody in a block chose a band is no breach: methods.md 5.4, limits."""
        for union in self.determined_unions(k):
            yield f"the sum of {union} is determined"
        for atom in self.atoms:
            for band, name in enumerate(BANDS):
                least, greatest = self.range_of(atom, band)
                if least > self.sizes[atom] - SLACK:
                    yield f"{atom} are all {name}"
                if self.sizes[atom] < k and greatest - least < 1 - SLACK and greatest > SLACK:
                    yield f"{atom} hold between {least} and {greatest} {name}"

    def _constraints(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rows, limits = [], []
        for place, atom in enumerate(self.atoms):
            rows.append(self._row({place}, (1, 1, 1)))
            limits.append((self.sizes[atom],) * 2)
        for release in self.releases:
            places = {place for place, atom in enumerate(self.atoms) if atom in release.atoms}
            for band, count in enumerate(release.counts or ()):
                rows.append(self._row(places, [band == other for other in range(3)]))
                limits.append((count, count))
            if release.balance is not None:
                rows.append(self._row(places, (-1, 0, 1)))
                limits.append(release.balance)
            if release.passives is not None:
                rows.append(self._row(places, (0, 1, 0)))
                limits.append(release.passives)
        return np.array(rows), *np.array(limits, float).T

    def _row(self, places: Iterable[int], weights: Sequence[float]) -> np.ndarray:
        row = np.zeros(3 * len(self.atoms))
        for place in places:
            row[3 * place : 3 * place + 3] = weights
        return row


def extremes(
    aim: np.ndarray, rows: np.ndarray, lows: np.ndarray, highs: np.ndarray, *, integral: bool = False
) -> tuple[float, float]:
    """Least and greatest value of `aim` over non-negative variables with lows <= rows @ x <= highs."""
    found = []
    for sign in (1, -1):
        solved = milp(
            sign * aim,
            constraints=LinearConstraint(rows, lows, highs),
            bounds=Bounds(0, np.inf),
            integrality=np.full(len(aim), int(integral)),
        )
        if not solved.success:
            raise ValueError(f"The releases contradict each other: {solved.message}")
        found.append(sign * solved.fun)
    return found[0], found[1]
