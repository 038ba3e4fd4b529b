"""What other features read of customers' answers."""

from datetime import date

import sqlalchemy as sa

from app.extensions import db
from app.imports.models import DataImport
from app.voice import queries
from app.voice.models import Metric
from tests.voice.files import HEADER, bring

Q1, Q2 = date(2026, 1, 1), date(2026, 4, 1)
LINES = "N1,2026-01-05,nps,9\nN2,2026-02-05,nps,3\nN1,2026-04-05,nps,7\nS1,2026-01-05,nps,0\nN1,2026-01-05,ces,6\n"


def test_a_unit_counts_with_all_below_it(cast, tmp_path):
    bring(tmp_path, HEADER + LINES)
    north = queries.heard_by_quarter(cast.north.id)
    assert {first: heard.counts for first, heard in north[Metric.NPS].items()} == {Q1: (1, 0, 1), Q2: (0, 1, 0)}
    assert north[Metric.CES][Q1] == (0, 0, 1, 1, 6, 36)


def test_several_units_are_read_at_once(cast, tmp_path):
    bring(tmp_path, HEADER + LINES)
    rows = db.session.execute(queries.counted_answers())
    found = {(row.unit_id, row.starts_on): (row.low, row.middle, row.high) for row in rows if row.metric is Metric.NPS}
    assert found[cast.n1.id, Q1] == (0, 0, 1)
    assert found[cast.company.id, Q1] == (2, 0, 1)


def test_imports_add_up_and_only_visible_ones_count(cast, tmp_path):
    first = bring(tmp_path, HEADER + "N1,2026-01-05,nps,9\n")
    bring(tmp_path, HEADER + "N1,2026-01-06,nps,9\n")
    assert queries.heard_by_quarter(cast.n1.id)[Metric.NPS][Q1].n == 2
    db.session.execute(sa.update(DataImport).where(DataImport.id == first.id).values(visible_at=None))
    assert queries.heard_by_quarter(cast.n1.id)[Metric.NPS][Q1].n == 1


def test_touchpoints_break_a_quarter_down(cast, tmp_path):
    lines = "N1,2026-01-05,nps,9,App\nN1,2026-01-05,nps,3,app\nN2,2026-01-05,nps,3,\nN1,2026-04-05,nps,3,App\n"
    bring(tmp_path, "unit_code,date,metric,score,touchpoint\n" + lines)
    found = queries.heard_by_touchpoint(cast.north.id, Metric.NPS, Q1)
    assert [(each.code if each else None, heard.counts) for each, heard in found] == [
        ("app", (1, 0, 1)),
        (None, (1, 0, 0)),
    ]


def test_comments_come_newest_first_and_no_more_than_asked(cast, tmp_path):
    lines = "".join(f"N1,2026-01-{day:02},nps,9,day {day}\n" for day in range(1, 20)) + "N1,2026-02-01,nps,9,\n"
    bring(tmp_path, "unit_code,date,metric,score,comment\n" + lines)
    assert [comment.words for comment in queries.latest_comments(cast.north.id, 2)] == ["day 19", "day 18"]
    assert queries.latest_comments(cast.s1.id) == []
