"""The NHS staff pulse beside its inpatients: three levels, three quarters, and a link that plain numpy finds too."""

from html import unescape

import numpy as np
import pytest
import python_calamine
import sqlalchemy as sa

from app.core import company_time
from app.extensions import db
from app.impact.queries.company import pair, sources
from app.imports.models import WaitingName
from app.people.models import Unit, UnitTree
from app.results import queries as results
from app.results.models import ResultFigure, ResultSet
from app.stats.linkage import correlate
from app.voice.models import FeedbackGroup
from tests.real_data.bring import INPATIENTS, PULSE, QUARTERS

pytestmark = pytest.mark.skipif(
    not (PULSE.is_dir() and INPATIENTS.exists()), reason="the public data sets are not beside the repository"
)
COLUMNS = {"advocacy": "Advocacy", "engagement": "Engagement Score"}


def plain_rows(file, sheet, header_row):
    """The file, read without a line of ours."""
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    header = rows[header_row - 1]
    return [dict(zip(header, row, strict=False)) for row in rows[header_row:]]


def plain_pulse(quarter):
    return [row for row in plain_rows(QUARTERS[quarter], "Engagement Score Breakdown", 7) if row["Org Code"]]


def published(measure, period):
    """Unit code to (mean, n), of the units that are shown."""
    sets = db.session.scalars(results.published_sets(measure)).all()
    set_id = next(each.id for each in sets if each.period.code == period)
    wanted = sa.select(Unit.code, ResultFigure.mean, ResultFigure.n).join(ResultFigure, ResultFigure.unit_id == Unit.id)
    shown = wanted.where(ResultFigure.set_id == set_id, ResultFigure.n.is_not(None))
    return {code: (mean, n) for code, mean, n in db.session.execute(shown)}


def test_one_file_gives_three_levels(nhs):
    assert nhs.counts["2022-q1", "regions"] == (7, 0, 187, 0, 1)
    assert nhs.counts["2022-q1", "systems"] == (42, 0, 152, 0, 1)
    assert nhs.counts["2022-q1", "trusts"] == (193, 0, 1, 0, 1)  # RAJ stands twice
    assert nhs.counts["2022-q3", "systems"] == (0, 41, 146, 0, 1)  # the same codes under new names
    below = sa.select(UnitTree.depth, sa.func.count()).join(Unit, Unit.id == UnitTree.ancestor_id)
    depths = db.session.execute(below.where(Unit.code == "ENGLAND").group_by(UnitTree.depth)).all()
    assert dict(map(tuple, depths)) == {0: 1, 1: 7, 2: 42, 3: 208}


def test_each_quarter_comes_in_with_its_quirks(nhs):
    assert nhs.counts["2022-q1", "advocacy"] == (192, 0, 1, 1, 1)  # RAJ twice, RRE with nobody, the national total
    assert nhs.refused["2022-q1", "advocacy"] == [("0", "Nobody answered here, so there is no score.")]
    assert nhs.counts["2022-q2", "advocacy"] == (184, 0, 0, 0, 1)
    assert nhs.counts["2022-q2", "advocacy again"] == (0, 0, 184, 0, 1)
    assert nhs.counts["2022-q3", "advocacy"] == (187, 0, 0, 0, 1)


def test_patients_of_trusts_that_are_not_in_the_pulse_wait(nhs):
    assert nhs.counts["2022", "inpatients"] == (129, 0, 0, 0, 0)
    names = sa.select(WaitingName.code).where(WaitingName.row_count > 0).order_by(WaitingName.id)
    assert db.session.scalars(names).all() == ["R1K", "RGP", "RTK", "RTP"]


def test_a_headcount_of_nobody_is_no_response_share(nhs):
    wanted = sa.select(ResultFigure).join(Unit, Unit.id == ResultFigure.unit_id).join(ResultFigure.result_set)
    of_rbz = wanted.where(Unit.code == "RBZ", ResultSet.measure == "advocacy").order_by(ResultFigure.id.desc())
    found = [(figure.n, figure.headcount) for figure in db.session.scalars(of_rbz) if figure.n == 1336]
    assert found == [(1336, None)]


def test_a_region_is_the_mean_of_all_its_answers(nhs):
    kept, rows = published("advocacy", "2022-Q2"), plain_pulse("2022-q2")
    for region in {row["Region Code"] for row in rows}:
        inside = [(row["Advocacy"], row["Total Responses"]) for row in rows if row["Region Code"] == region]
        means, weights = np.array(inside).T
        assert kept[region] == (pytest.approx(np.average(means, weights=weights)), weights.sum())


@pytest.mark.parametrize("measure", ["advocacy", "engagement"])
def test_the_link_agrees_with_plain_numpy_to_the_last_digit(nhs, measure):
    """Staff in July 2022: the last pulse that had ended before the patients of November 2022 were in hospital."""
    rows = sa.select(Unit.code, FeedbackGroup.mean).join(Unit, Unit.id == FeedbackGroup.unit_id)
    patients = {code: mean for code, mean in db.session.execute(rows)}
    paired = pair(*sources(), {"measure": measure}, company_time.today())
    assert paired.team.code == "2022-Q3"
    staff = published(measure, paired.team.code)
    both = sorted(staff.keys() & patients.keys())
    ours = correlate([staff[code][0] for code in both], [patients[code] for code in both])
    r, low, high, n = plain_numpy(measure)
    assert ours.n == n
    assert [f"{value:.12f}" for value in ours[:3]] == [f"{value:.12f}" for value in (r, low, high)]


@pytest.mark.parametrize("measure", ["advocacy", "engagement"])
def test_what_the_page_prints_is_what_plain_numpy_prints(nhs, leader, measure):
    """Every figure of the sentence, the limits from drawing trusts again and again among them."""
    x, y = plain_pairs(measure)
    r, rho = np.corrcoef(x, y)[0, 1], np.corrcoef(plain_ranks(x), plain_ranks(y))[0, 1]
    low, high = plain_bootstrap(x, y)
    error = np.sqrt((1 + rho**2 / 2) / (len(x) - 3))
    rho_low, rho_high = np.tanh(np.arctanh(rho) + np.array([-1, 1]) * 1.959963984540054 * error)
    expected = (
        f"Pearson's r {r:+.2f} ({low:+.2f} to {high:+.2f}), "
        f"Spearman's rho {rho:+.2f} ({rho_low:+.2f} to {rho_high:+.2f}), {len(x)} units."
    )
    page = unescape(leader.get(f"/impact/?measure={measure}&lang=en").text)
    assert expected in page


def plain_ranks(values):
    """Equal values share the mean of their ranks."""
    return [np.mean([rank for rank, other in enumerate(sorted(values)) if other == value]) for value in values]


def plain_bootstrap(x, y):
    """2,000 drawings of whole trusts, with the seed that the product has."""
    pairs = np.array(sorted(zip(x, y, strict=True)))
    drawn = np.random.default_rng(20260101).integers(0, len(pairs), size=(2000, len(pairs)))
    found = [np.corrcoef(pairs[picks].T)[0, 1] for picks in drawn]
    return np.quantile(found, [0.025, 0.975])


def plain_numpy(measure):
    x, y = plain_pairs(measure)
    r = np.corrcoef(x, y)[0, 1]
    low, high = np.tanh(np.arctanh(r) + np.array([-1, 1]) * 1.959963984540054 / np.sqrt(len(x) - 3))
    return r, low, high, len(x)


def plain_pairs(measure):
    """All trusts that stand in both files: none of them is so small that it must be hidden."""
    staff = {row["Org Code"]: row[COLUMNS[measure]] for row in plain_pulse("2022-q3")}
    patients = {row["TrustCode"]: row["meanQ46"] for row in plain_rows(INPATIENTS, "Trust_Scores", 1)}
    both = sorted(staff.keys() & patients.keys())
    return [staff[code] for code in both], [patients[code] for code in both]
