"""FEVS, HCAHPS, a mood pulse, two organograms and patients' comments: each by its committed mapping, traps and all.

Short runs take one year of FEVS and a seeded sample of the comments; with REZONANS_LONG everything is brought whole.
"""

import csv
import os
import random
from pathlib import Path

import pytest
import python_calamine
import sqlalchemy as sa

from app.core.outside import Why
from app.extensions import db
from app.imports.actions import Said
from app.imports.actions.whole_file import import_file
from app.imports.mapping import read_mapping
from app.imports.models import DataImport
from app.imports.reading import open_mapped
from app.people.models import Unit, UnitTree
from app.pulse.models import DraftSet, DraftTally
from app.voice.models import Feedback, FeedbackGroup, Metric
from tests.real_data.bring import FILES, MAPPINGS, bring, counts, refused

FEVS = {name[:4]: FILES / "us-fevs-agency" / name for name in sorted(os.listdir(FILES / "us-fevs-agency"))
        if name.endswith(".xlsx")} if FILES.is_dir() else {}  # fmt: skip
HCAHPS, ORGANOGRAMS = FILES / "us-hcahps", FILES / "uk-organograms"
COMMENTS = FILES / "nhs-patient-comments" / "v6framework_230831.csv"
IS_LONG = bool(os.environ.get("REZONANS_LONG"))
SAMPLE = 900
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the public data sets are not beside the repository")


def said(kind: str, file: Path, mapping: str, **constants: str) -> DataImport:
    db.session.commit()
    text = (MAPPINGS / mapping).read_text("utf-8")
    return import_file(kind, file, mapping=read_mapping(text), said=Said(constants))


def totals(import_: DataImport) -> list[str]:
    return [each.text for each in import_.lines_outside(Why.TOTAL)]


@pytest.mark.parametrize(("year", "sheet"), [("2021", "Q23"), ("2022", "Q43"), ("2023", "Q46")])
def test_the_question_is_found_by_its_words_whatever_its_number(year, sheet):
    mapping = read_mapping((MAPPINGS / "fevs-recommend.toml").read_text("utf-8"))
    assert open_mapped(FEVS[year], mapping).sheet == sheet


@pytest.mark.parametrize("year", ["2021", "2022", "2023"] if IS_LONG else ["2021"])
def test_agencies_come_in_and_neither_totals_nor_footnotes_nor_marks(database, year):
    bring("units", MAPPINGS / "fevs-top.csv")
    units = said("units", FEVS[year], "fevs-agencies.toml")
    assert counts(units) == (40, 0, 0, 0, 1)
    done = said("results", FEVS[year], "fevs-recommend.toml", period=year)
    assert counts(done) == (40, 0, 0, 0, 0)
    assert totals(done)[0] == "All Responses"
    assert totals(done)[1].startswith("DOD")  # the sum of the six rows below it, which no word tells
    assert done.count_outside(Why.BELOW) == 4
    codes = set(db.session.scalars(sa.select(Unit.code)))
    assert {"Army", "Navy", "Marine Corps", "DOD 4th Estate"} <= codes
    everybody = {"2021": 289_942, "2022": 545_445, "2023": 610_279}[year]
    assert db.session.scalar(sa.select(sa.func.sum(DraftTally.n))) == everybody


def test_boxes_in_per_cent_become_the_bands_of_an_nps(database):
    bring("units", MAPPINGS / "hcahps-top.csv")
    assert counts(bring("units", HCAHPS / "states.csv", "hcahps-regions.toml")) == (9, 0, 42, 0, 0)
    assert counts(bring("units", HCAHPS / "states.csv", "hcahps-states.toml")) == (51, 0, 0, 0, 0)
    assert counts(bring("feedback", HCAHPS / "state_results.csv", "hcahps-rating.toml")) == (458, 0, 0, 0, 4122)
    with (HCAHPS / "state_results.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["Measure ID"] == "H_HSP_RATING"]
    plain = sorted(int(row["Top-box Percentage"]) - int(row["Bottom-box Percentage"]) for row in rows)
    groups = db.session.scalars(sa.select(FeedbackGroup)).all()
    assert sorted(group.high - group.low for group in groups) == plain
    assert {(group.n, group.metric) for group in groups} == {(100, Metric.NPS)}


def test_no_state_is_known_to_have_fewer_answers_than_a_row_counts_for():
    with (HCAHPS / "responses.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["Completed Surveys"].isdigit()]
    known: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["Release Period"], row["State"]
        known[key] = known.get(key, 0) + int(row["Completed Surveys"])
    assert min(known.values()) > 100


def test_a_mood_on_which_one_is_the_best_is_turned_around(database):
    file = FILES / "nhsbsa-mood-pulse" / "tempcheck_data.xlsm"
    sheet = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_name("tempcheck_data").to_python()
    ratings = [int(float(row[sheet[0].index("ratingmerge")])) for row in sheet[2:]]
    bring("units", MAPPINGS / "mood-units.csv")
    done = bring("results", file, "mood.toml")
    assert counts(done) == (20, 0, 0, 0, 0)  # the row of questions is none, the rating by picture is one
    (draft,) = db.session.scalars(sa.select(DraftSet)).all()
    bands = sa.select(*(sa.func.sum(getattr(DraftTally, band)) for band in ("promoters", "passives", "n")))
    assert draft.period.code == "2022-Q2"
    assert tuple(db.session.execute(bands).one()) == (ratings.count(1), ratings.count(2), 20)


def test_posts_of_an_organogram_are_a_tree(database):
    senior = ORGANOGRAMS / "300913-CPS-Organogram-v0.1-senior.csv"
    junior = ORGANOGRAMS / "300913-CPS-Organogram-v0.1-junior.csv"
    bring("units", MAPPINGS / "cps-top.csv")
    assert counts(bring("units", senior, "organogram-posts.toml")) == (70, 0, 0, 0, 0)
    assert db.session.scalar(sa.select(sa.func.max(UnitTree.depth))) == 6
    assert counts(bring("units", senior, "organogram-units.toml")) == (26, 0, 44, 0, 0)
    assert counts(bring("units", junior, "organogram-units.toml"))[2:] == (991, 0, 0)


def test_a_post_that_reports_to_itself_is_refused_with_those_below_it(database):
    bring("units", MAPPINGS / "acas-top.csv")
    done = bring("units", ORGANOGRAMS / "Acas-Sep-13-senior.csv", "organogram-posts.toml")
    assert counts(done) == (1, 0, 0, 5, 0)
    assert any("cannot stand under itself" in reason for _, reason in refused(done))
    assert counts(bring("units", ORGANOGRAMS / "Acas-Sep-13-senior.csv", "organogram-units.toml")) == (5, 0, 1, 0, 0)


def comments(folder: Path) -> tuple[Path, list[dict[str, str]]]:
    with COMMENTS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not IS_LONG:
        rows = random.Random(20260922).sample(rows, SAMPLE)
    path = folder / "comments.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path, rows


def test_comments_come_in_turned_around_once_for_each_patient_and_no_day_is_guessed(database, tmp_path):
    file, rows = comments(tmp_path)
    bring("units", MAPPINGS / "comments-top.csv")
    bring("units", file, "comments-services.toml")
    for trust, other in (("nhft", "NEAS"), ("neas", "NHFT")):
        done = bring("feedback", file, f"comments-{trust}.toml")
        left_out = sum(row["Trust"] == other or row["FFT categorical answer"] in "67" for row in rows)
        assert done.skipped_count == left_out
        assert done.new_count + done.unchanged_count + done.refused_count + left_out == len(rows)
        unclear = [value for value, reason in refused(done) if "fits both" in reason]
        assert all(int(part) <= 12 for value in unclear for part in value.split("/")[:2])
        assert bool(unclear) is (trust == "neas")
    kept = db.session.execute(sa.select(Feedback.external_id, Feedback.score)).all()
    answers = {(row["Respondent ID"].strip(), 6 - int(row["FFT categorical answer"])) for row in rows}
    assert {tuple(each) for each in kept} <= answers
    assert len({each.external_id for each in kept}) == len(kept)
