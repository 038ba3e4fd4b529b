"""The story of the demo company: told in plain arithmetic, and judged by the rules that the product itself applies."""

import csv
import itertools
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from random import Random

import pytest

from app.demo.story.cast import CAST, PEOPLE
from app.demo.story.comments import BANKS
from app.demo.story.employees import employees
from app.demo.story.feedback import feedback
from app.demo.story.files import TABLES, write
from app.demo.story.organisation import RISING, UNITS
from app.demo.story.results import results
from app.demo.story.scores import ASKED, CUSTOMERS, STAFF, answers
from app.demo.story.timeline import Timeline
from app.stats.disclosure import publishable
from app.stats.scores import Verdict, change
from tests.demo.told import (
    QUARTERS,
    REORGANISED,
    THRESHOLD,
    TODAY,
    Row,
    Scores,
    counts,
    net,
    parents_on,
    pearson,
    sitting_in,
)


def test_about_forty_units_stand_in_three_levels_under_one_root(tree: list[Row]) -> None:
    parents = parents_on(tree, TODAY.isoformat())
    levels = Counter[int]()
    for code in parents:
        level, above = 0, parents[code]
        while above is not None:
            level, above = level + 1, parents[above]
            assert level < 3, f"{code} hangs too deep, or in a circle"
        levels[level] += 1
    assert levels[0] == 1
    assert levels[1] == 11
    assert 38 <= levels.total() <= 44


def test_a_parent_exists_whenever_its_child_does_and_comes_first(tree: list[Row]) -> None:
    seen: dict[str, str] = {}
    for row in tree:
        if row["parent_code"]:
            assert seen[row["parent_code"]] <= row["valid_from"]
        seen.setdefault(row["code"], row["valid_from"])


def test_the_reorganisation_moves_one_unit_opens_one_and_closes_one(tree: list[Row]) -> None:
    before, after = parents_on(tree, "2025-09-30"), parents_on(tree, REORGANISED)
    assert before.keys() - after.keys() == {"SOP-MON"}
    assert after.keys() - before.keys() == {"COK-UKR"}
    assert {code for code in before.keys() & after.keys() if before[code] != after[code]} == {"KAT-CEN"}
    assert (before["KAT-CEN"], after["KAT-CEN"]) == ("REG-ZA", "REG-PD")


def test_nine_hundred_people_work_here_and_every_unit_keeps_its_size(staff: list[Row]) -> None:
    assert sitting_in(staff, TODAY.isoformat()).total() == 900
    for index, quarter in enumerate(QUARTERS):
        first = Timeline(TODAY).quarter(index).starts_on.isoformat()
        last = f"{quarter[:4]}-{3 * int(quarter[-1]):02}-28"
        assert sitting_in(staff, first) == sitting_in(staff, last)
    sizes = sitting_in(staff, TODAY.isoformat())
    branches = [sizes[place.code] for place in UNITS if place.kind == "branch" and sizes[place.code]]
    assert sizes["COK-INF"] == 150
    assert sum(15 <= size <= 32 for size in branches) == len(branches) - 1


def test_people_join_leave_and_move(staff: list[Row]) -> None:
    began = Timeline(TODAY).begins_on.isoformat()
    rows_of = Counter(row["email"] for row in staff)
    first_rows = {row["email"]: row for row in reversed(staff)}.values()
    assert sum(row["starts_on"] >= began for row in first_rows) > 100
    assert sum(row["ends_on"] != "" for row in staff) > 100
    assert sum(rows > 1 for rows in rows_of.values()) > 35
    assert all(began <= row["ends_on"] <= TODAY.isoformat() for row in staff if row["ends_on"])
    for _, own in itertools.groupby(staff, key=lambda row: row["email"]):
        starts = [row["starts_on"] for row in own]
        assert starts == sorted(set(starts))


def test_people_of_the_closed_branch_move_to_the_neighbour(staff: list[Row]) -> None:
    from_sopot = {row["email"] for row in staff if row["unit_code"] == "SOP-MON"}
    to_gdynia = {row["email"] for row in staff if row["unit_code"] == "GDY-CEN" and row["starts_on"] == REORGANISED}
    assert from_sopot == to_gdynia
    assert len(from_sopot) == 14


def test_everybody_answers_to_somebody_up_to_the_president(staff: list[Row]) -> None:
    answers_to = {row["email"]: row["manager"] for row in staff}
    assert [email for email, manager in answers_to.items() if not manager] == [staff[0]["email"]]
    for email in answers_to:
        steps, above = 0, answers_to[email]
        while above:
            steps, above = steps + 1, answers_to[above]
            assert steps < 5, f"{email} answers to a circle"


def test_people_answer_to_who_leads_their_unit_and_leaders_to_who_leads_the_one_above(
    tree: list[Row], staff: list[Row]
) -> None:
    parents = parents_on(tree, TODAY.isoformat())
    current = {row["email"]: row for row in staff}
    leaders = {row["unit_code"]: email for email, row in current.items() if row["role"] == "manager"}
    for code, leader in leaders.items():
        above = parents[code]
        if above in leaders:
            assert current[leader]["manager"] == leaders[above], code
    usual = [row for row in current.values() if row["role"] == ""]
    assert all(row["manager"] == leaders[row["unit_code"]] for row in usual)
    assert len(usual) > 800


def test_every_unit_has_one_manager(tree: list[Row], staff: list[Row]) -> None:
    current = {row["email"]: row for row in staff}.values()
    led = Counter(
        role.partition("@")[2] or row["unit_code"]
        for row in current
        for role in row["role"].split(", ")
        if role.startswith("manager")
    )
    assert led == Counter(parents_on(tree, TODAY.isoformat()).keys())


def test_names_addresses_and_numbers_are_of_one_person_each(staff: list[Row]) -> None:
    people = {(row["email"], row["employee_number"], row["name"]) for row in staff}
    for column in zip(*people, strict=True):
        assert len(set(column)) == len(people)
    assert all(row["email"].isascii() and row["email"].endswith("@demo.example") for row in staff)
    assert sum("-" in row["name"] for row in staff) > 30
    languages = Counter(row["language"] for row in staff)
    assert languages["pl"] > languages["ru"] > languages["en"] > 10


def test_the_cast_plays_the_parts_that_are_promised(staff: list[Row]) -> None:
    rows = {row["email"].partition("@")[0]: row for row in staff}
    assert rows["ewa"]["unit_code"] == rows["marek"]["unit_code"] == RISING
    assert rows["ewa"]["manager"] == "marek@demo.example"
    roles = {key: rows[key]["role"] for key in CAST}
    assert roles == {
        "ewa": "",
        "marek": "manager",
        "hanna": "hr@BW",
        "leon": "leadership@BW",
        "celina": "cx_lead@BW",
        "adam": "administrator@BW",
        "trina": "trainer@BW",
        "obcy": "",
    }
    assert (rows["obcy"]["unit_code"], rows["obcy"]["language"]) == ("SZC-CEN", "ru")
    assert [email.partition("@")[0] for email, _, _ in PEOPLE] == list(CAST)


def test_feedback_is_dated_in_open_units_up_to_yesterday(tree: list[Row], opinions: list[Row]) -> None:
    assert 12_000 <= len(opinions) <= 15_000
    assert min(row["date"] for row in opinions) == "2024-10-01"
    assert max(row["date"] for row in opinions) == "2026-11-21"
    for day in {row["date"] for row in opinions}:
        assert date.fromisoformat(day).weekday() < 6
    for row in opinions:
        assert row["unit_code"] != "SOP-MON" or row["date"] < REORGANISED
        assert row["unit_code"] != "COK-UKR" or row["date"] >= REORGANISED
    assert len({row["external_id"] for row in opinions}) == len(opinions)


def test_feedback_keeps_to_the_scale_of_its_metric(opinions: list[Row]) -> None:
    scales = {"nps": range(11), "csat": range(1, 6), "ces": range(1, 8)}
    given: dict[str, set[int]] = defaultdict(set)
    for row in opinions:
        given[row["metric"]].add(int(row["score"]))
    assert given == {metric: set(scale) for metric, scale in scales.items()}
    assert sum(row["metric"] == "nps" for row in opinions) > 0.85 * len(opinions)


def test_comments_are_many_in_three_languages_and_seldom_the_same(opinions: list[Row]) -> None:
    words = [row for row in opinions if row["comment"]]
    assert 0.13 < len(words) / len(opinions) < 0.17
    languages = Counter(row["language"] for row in words)
    assert languages["pl"] > 0.75 * len(words)
    assert min(languages["ru"], languages["en"]) > 100
    assert len({row["comment"] for row in words}) > 600
    assert not any("{" in row["comment"] for row in words)


@pytest.mark.parametrize("language", BANKS)
def test_at_least_sixty_comments_are_written_by_hand_in_each_language(language: str) -> None:
    moods = BANKS[language].moods
    written = [text for sentences in moods.values() for texts in sentences.values() for text in texts]
    assert len(set(written)) == len(written) >= 60
    assert all(topics.keys() == moods["high"].keys() for topics in moods.values())


def test_answers_to_the_pulse_fit_the_people_who_were_there(staff: list[Row], enps: Scores) -> None:
    assert sorted({period for _, period in enps}) == list(QUARTERS)
    for index, quarter in enumerate(QUARTERS):
        people = sitting_in(staff, Timeline(TODAY).quarter(index).starts_on.isoformat())
        assert {unit for unit, period in enps if period == quarter} == people.keys()
        for unit, size in people.items():
            assert 0.55 <= len(enps[unit, quarter]) / size <= 0.95, unit
    latest = [len(scores) for (_, period), scores in enps.items() if period == QUARTERS[-1]]
    assert min(sum(n < 20 for n in latest), sum(n >= 20 for n in latest)) > 10


def test_krakow_rynek_rises_and_its_customers_follow_a_quarter_later(enps: Scores, nps: Scores) -> None:
    team = [net(enps[RISING, quarter]) for quarter in QUARTERS]
    customers = [net(nps[RISING, quarter]) for quarter in QUARTERS]
    assert team == pytest.approx(STAFF[RISING], abs=2)
    assert customers == pytest.approx(CUSTOMERS[RISING][:-1], abs=1)
    assert team[-1] == pytest.approx(32, abs=0.5)
    assert customers[-1] == pytest.approx(41, abs=0.5)
    together = pearson(list(zip(team, customers, strict=True)))
    a_quarter_later = pearson(list(zip(team[:-1], customers[1:], strict=True)))
    assert a_quarter_later > max(0.9, together)
    before, after = counts(nps[RISING, QUARTERS[-2]]), counts(nps[RISING, QUARTERS[-1]])
    assert change(before, after).verdict is Verdict.UP


def test_gdansk_wrzeszcz_falls_and_its_customers_stay(enps: Scores, nps: Scores) -> None:
    team = [enps["GDA-WRZ", quarter] for quarter in QUARTERS]
    customers = [net(nps["GDA-WRZ", quarter]) for quarter in QUARTERS]
    assert net(team[0]) > 30
    assert net(team[-1]) < -25
    assert change(counts(team[3]), counts(team[-1])).verdict is Verdict.DOWN
    assert max(customers) - min(customers) < 5


def test_across_units_staff_and_customers_go_together_modestly(enps: Scores, nps: Scores) -> None:
    latest = QUARTERS[-1]
    units_shown = [unit for unit, quarter in nps if quarter == latest and len(enps[unit, latest]) >= THRESHOLD]
    assert len(units_shown) >= 20
    assert 0.4 <= pearson([(net(enps[unit, latest]), net(nps[unit, latest])) for unit in units_shown]) <= 0.6


@pytest.mark.parametrize("threshold", [5, 6, 7])
def test_two_small_units_and_one_sibling_are_hidden_in_every_quarter(
    tree: list[Row], enps: Scores, threshold: int
) -> None:
    for index, quarter in enumerate(QUARTERS):
        parents = parents_on(tree, Timeline(TODAY).quarter(index).starts_on.isoformat())
        direct = {unit: len(enps.get((unit, quarter), ())) for unit in parents}
        hidden = parents.keys() - publishable(parents, direct, threshold)
        assert hidden == {"ZAK-KRU", "OPE-ARC", "OPE-BOK"}, quarter
        assert direct["OPE-BOK"] >= threshold


def test_the_same_day_tells_the_same_story(tmp_path: Path) -> None:
    once, again = write(tmp_path / "once", TODAY), write(tmp_path / "again", TODAY)
    assert list(once) == ["units", "employees", "feedback", "results"]
    for kind, path in once.items():
        assert path.read_bytes() == again[kind].read_bytes()
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows == list(TABLES[kind][0](TODAY))


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2031, 8, 15)])
def test_another_day_moves_the_story_without_changing_it(today: date, enps: Scores) -> None:
    timeline = Timeline(today)
    assert timeline.quarter(8).starts_on <= today < timeline.quarter(8).ends_on
    moved: Scores = defaultdict(list)
    for row in results(today):
        moved[row["unit_code"], row["period"]].append(int(row["score"]))
    new_names = {quarter: timeline.quarter(index).code for index, quarter in enumerate(QUARTERS)}
    assert moved == {(unit, new_names[quarter]): scores for (unit, quarter), scores in enps.items()}
    assert sitting_in(list(employees(today)), today.isoformat()).total() == 900
    rows = list(feedback(today))
    assert 12_000 <= len(rows) <= 15_000
    assert timeline.begins_on.isoformat() <= min(row["date"] for row in rows)
    assert max(row["date"] for row in rows) < today.isoformat()


def test_a_later_day_of_the_same_quarter_only_adds_feedback(opinions: list[Row]) -> None:
    later = {row["external_id"]: row for row in feedback(date(2026, 11, 24))}
    assert all(later[row["external_id"]] == row for row in opinions)
    assert len(later) > len(opinions)


@pytest.mark.parametrize("count", [1, 4, 5, 28, 388])
@pytest.mark.parametrize("wanted", [-100, -28, 0, 41, 100])
def test_answers_add_up_to_the_wanted_score(count: int, wanted: int) -> None:
    scores = answers(wanted, count, passive=0.3, rng=Random(1))
    assert len(scores) == count
    assert net(scores) == pytest.approx(100 * round(wanted * count / 100) / count)


def test_told_series_have_a_figure_for_each_quarter() -> None:
    assert {len(series) for series in STAFF.values()} == {8}
    assert {len(series) for series in (*CUSTOMERS.values(), *ASKED.values())} == {9}
