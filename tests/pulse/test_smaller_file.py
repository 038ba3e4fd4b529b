"""A later file replaces the draft whole: where answers would go with it, somebody is asked first."""

import io
from pathlib import Path

import pytest

from app.core.errors import Refused
from app.imports.actions import Wish, run_import_command
from app.imports.models import DataImport
from app.people.models import Account
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import newest
from tests.pulse.files import HEADER, answers, bring, drafts

WHOLE = HEADER + answers("N1", "9 9 2 10") + answers("N2", "0 7 7") + answers("S1", "10 10")
MENDED = HEADER + answers("N1", "9 9 2 10")


def checked(browser: Browser, text: str) -> DataImport:
    file = (io.BytesIO(text.encode()), "results.csv")
    browser.post("/imports/new", data={"kind": "results", "file": file})
    base = 'kind = "results"\nheader_row = 1\n[columns]\nunit_code = "unit_code"\nperiod = "period"\nscore = "score"\n'
    columns = {f"column_{name}": name for name in ("unit_code", "period", "score")}
    browser.post(f"/imports/{newest().id}/mapping", data={"header_row": "1", "base": base, **columns})
    return newest()


def question_to(folder: Path, text: str, actor: Account | None = None) -> str:
    with pytest.raises(Refused) as refused:
        bring(folder, text, actor_id=actor.id if actor else None)
    return str(refused.value)


def test_a_file_that_lacks_units_of_the_draft_is_asked_about(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    whole = drafts()
    asked = question_to(tmp_path, MENDED)
    assert "Units of the draft that this file lacks: 2. To mend" in asked
    assert "fewer answers" not in asked, "what is none is not counted"
    assert drafts() == whole
    bring(tmp_path, MENDED, yes_to=2)
    assert drafts() == {("enps", "2026-Q1"): {cast.n1.id: (1, 0, 3)}}


def test_a_file_with_fewer_answers_of_a_unit_is_asked_about_without_their_number(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    asked = question_to(tmp_path, WHOLE.replace("N1,2026-Q1,2\n", ""))
    assert "Units for which this file holds fewer answers: 1. To mend" in asked
    assert "lacks" not in asked
    assert "3" not in asked
    assert "4" not in asked


def test_a_file_with_all_of_it_and_more_is_not_asked_about(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    more = bring(tmp_path, WHOLE.replace("N1,2026-Q1,2\n", "N1,2026-Q1,8\n") + answers("COMPANY", "9"))
    assert (more.question, more.changed_count) == (None, 10)


def test_drafts_of_other_questions_and_periods_are_not_asked_about(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    other = bring(tmp_path, MENDED.replace("Q1", "Q2"))
    assert other.new_count == 4
    assert len(drafts()) == 2


def test_nobody_learns_how_many_answered_in_the_draft_of_somebody_else(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE, actor_id=cast.adam.id)
    guess = HEADER + answers("N1", "9") + answers("N2", "9") + answers("S1", "9 10")
    assert bring(tmp_path, guess, actor_id=cast.hanna.id).changed_count == 4


def test_units_that_would_go_with_the_draft_of_somebody_else_are_asked_about(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE, actor_id=cast.adam.id)
    assert "lacks: 2." in question_to(tmp_path, MENDED, cast.hanna)


def test_the_command_wants_just_that_number(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    lines: list[str] = []
    file = tmp_path / "results.csv"
    file.write_text(MENDED)
    assert run_import_command(Wish("results", file, dry_run=True), lines.append) == 0
    assert "The draft that waits for the same question and period is replaced whole." in lines
    assert "that this file lacks: 2." in " ".join(lines)
    assert run_import_command(Wish("results", file), lines.append) == 1
    assert "--yes-replace 2" in " ".join(lines)
    assert len(drafts()["enps", "2026-Q1"]) == 3
    assert run_import_command(Wish("results", file, yes_to=2), lines.append) == 0
    assert len(drafts()["enps", "2026-Q1"]) == 1


def test_the_check_names_the_units_and_asks_for_a_yes(cast: Cast, browser: Browser, tmp_path: Path) -> None:
    bring(tmp_path, WHOLE)
    import_ = checked(browser.sign_in(cast.hanna), MENDED)
    page = browser.get(f"/imports/{import_.id}").text
    assert "The draft that waits for the same question and period is replaced whole." in page
    assert f"<li>{cast.n2.name}</li><li>{cast.s1.name}</li>" in page
    assert "Yes, replace the draft; answers of so many units go: 2" in page
    assert browser.post(f"/imports/{import_.id}/acceptance").status_code == 409
    assert len(drafts()["enps", "2026-Q1"]) == 3
    browser.post(f"/imports/{import_.id}/acceptance", data={"yes_to": "2"})
    assert list(drafts()["enps", "2026-Q1"]) == [cast.n1.id]


def test_a_draft_that_came_since_the_check_is_not_replaced_unasked(
    cast: Cast, browser: Browser, tmp_path: Path
) -> None:
    import_ = checked(browser.sign_in(cast.hanna), MENDED)
    bring(tmp_path, WHOLE)
    browser.post(f"/imports/{import_.id}/acceptance")
    assert len(drafts()["enps", "2026-Q1"]) == 3


def test_refused_rows_are_mended_in_the_whole_file(cast: Cast, browser: Browser) -> None:
    import_ = checked(browser.sign_in(cast.hanna), MENDED + "NOWHERE,2026-Q1,9\n")
    page = browser.get(f"/imports/{import_.id}").text
    assert "import the whole file again" in page
    assert "rows that are already there stay as they are" not in page
