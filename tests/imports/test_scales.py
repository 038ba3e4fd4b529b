"""Scores in words, in shares, and the best end first: asked with what becomes of them, and never guessed."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.bands import read_bands
from app.core.imports import RowRefused, Scale, ScaleRule
from app.core.rows import Row
from app.extensions import db
from app.imports.actions import Said, Wish, run_import_command
from app.imports.mapping import read_mapping
from app.imports.models import ImportStatus
from app.voice.models import Feedback, FeedbackGroup
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import feedback_page, newest, send_feedback_page

HEADER = "unit_code;metric;date;score\n"
LOW = HEADER + "N1;csat;2026-01-05;1\n" * 20 + "N1;csat;2026-01-05;4\n"
WORDS = HEADER + "".join(
    f"N1;csat;2026-01-05;{word}\n" for word in ("Very good", "Good", "Poor", "Do not know", "very  poor")
)
SHARES = "unit_code;metric;period;promoters;passives;detractors;n\nN1;nps;2026-Q1;28.3 %;38.3 %;33.4 %;289\n"


def run(path: Path, text: str, **said: object) -> tuple[int, str]:
    mapping, path = path / "mapping.toml", path / "answers.csv"
    path.write_text(text)
    columns = "".join(f'"{header}" = "{header}"\n' for header in text.splitlines()[0].split(";"))
    mapping.write_text(f'kind = "feedback"\n[columns]\n{columns}')
    lines: list[str] = []
    code = run_import_command(Wish("feedback", path, mapping, said=Said(**said)), lines.append)  # type: ignore[arg-type]
    return code, "\n".join(lines)


def scores() -> list[int]:
    return sorted(db.session.scalars(sa.select(Feedback.score)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(LOW, "1 may be the best"), (WORDS, "are words: “Very good”"), (SHARES, "are shares here")],
)
def test_the_command_names_the_option_and_takes_nothing_without_it(
    cast: Cast, tmp_path: Path, text: str, sentence: str
) -> None:
    code, said = run(tmp_path, text)
    assert code == 1
    assert sentence in said
    assert "--scale" in said
    assert not scores()


def test_a_scale_that_is_said_to_be_reversed_is_turned_around(cast: Cast, tmp_path: Path) -> None:
    assert run(tmp_path, LOW, scale=Scale(ScaleRule.REVERSED))[0] == 0
    assert scores() == [2] + [5] * 20


def test_a_scale_that_is_said_to_be_ours_stays(cast: Cast, tmp_path: Path) -> None:
    assert run(tmp_path, LOW, scale=Scale(ScaleRule.OURS))[0] == 0
    assert scores() == [1] * 20 + [4]


def test_words_become_numbers_and_no_answer_is_left_out(cast: Cast, tmp_path: Path) -> None:
    code, said = run(tmp_path, WORDS, scale=Scale(ScaleRule.ONE_TO_FIVE_TOP))
    assert (code, scores()) == (0, [1, 2, 4, 5])
    assert "1 skipped" in said
    assert read_mapping(newest().mapping).values["score"]["Very good"] == "5"


def test_words_that_nobody_knows_are_named(cast: Cast, tmp_path: Path) -> None:
    text = HEADER + "N1;csat;2026-01-05;Purple\nN1;csat;2026-01-05;Green\n"
    code, said = run(tmp_path, text, scale=Scale(ScaleRule.ONE_TO_FIVE_TOP))
    assert code == 1
    assert "“Purple”, “Green”" in said
    assert "[values.score]" in said


def test_shares_are_counted_as_people(cast: Cast, tmp_path: Path) -> None:
    assert run(tmp_path, SHARES, scale=Scale(ScaleRule.SHARES))[0] == 0
    group = db.session.scalars(sa.select(FeedbackGroup)).one()
    assert (group.high, group.middle, group.low, group.n) == (82, 111, 96, 289)


def bands(low: str, middle: str, high: str, n: str = "", of: int | None = None) -> tuple[int, int, int]:
    row = Row(2, {"detractors": low, "passives": middle, "promoters": high, "n": n})
    return read_bands(row, Scale(ScaleRule.SHARES, of=of))


def test_shares_of_joined_columns_are_added_and_rounding_loses_nobody() -> None:
    assert bands("17.7 % 9.8 % 5.9 %", "38.3\u00a0%", "28.3 %\u00a0", "1,000") == (334, 383, 283)
    assert sum(bands("33,3", "33,3", "33,4", "10")) == 10
    assert bands("8", "22", "70", of=100) == (8, 22, 70)
    assert bands("8", "22", "70", "50", of=100) == (4, 11, 35)


@pytest.mark.parametrize(
    ("shares", "column"),
    [(("8", "22", "60", "50"), "promoters"), (("x", "22", "78", "50"), "detractors"), (("8", "22", "70", ""), "n"),
     (("8", "22", "70", "0"), "n"), (("300 or more", "0", "0", "50"), "detractors")],
)  # fmt: skip
def test_shares_that_are_none_refuse_their_row(shares: tuple[str, ...], column: str) -> None:
    with pytest.raises(RowRefused) as caught:
        bands(*shares)
    assert caught.value.column == column


def test_the_page_shows_what_becomes_of_scores_and_waits_for_an_answer(browser: Browser, cast: Cast) -> None:
    address, page = feedback_page(browser.sign_in(cast.celina), LOW)
    assert "“1” is 5 · “4” is 2" in page
    assert "“4” is 4 · “1” is 1" in page
    answer = send_feedback_page(browser, address)
    assert answer.status_code == 422
    assert "1 may be the best" in answer.text
    assert newest().status is ImportStatus.UPLOADED
    assert send_feedback_page(browser, address, scale_rule="one-to-five-reversed").status_code == 302
    assert newest().new_count == 21


def test_the_page_shows_which_number_each_word_is(browser: Browser, cast: Cast) -> None:
    address, page = feedback_page(browser.sign_in(cast.celina), WORDS)
    assert "“Very good” is 5 · “Good” is 4 · “Poor” is 2 · “very poor” is 1" in page
    assert send_feedback_page(browser, address).status_code == 422
    assert send_feedback_page(browser, address, scale_rule="nonsense").status_code == 422
    assert send_feedback_page(browser, address, scale_rule="one-to-five-top").status_code == 302
    assert (newest().new_count, newest().skipped_count) == (4, 1)


def test_nothing_is_asked_of_scores_on_our_own_scale(browser: Browser, cast: Cast) -> None:
    address, _ = feedback_page(browser.sign_in(cast.celina), HEADER + "N1;nps;2026-01-05;9\nN1;csat;2026-01-05;5\n")
    assert send_feedback_page(browser, address).status_code == 302
    assert newest().new_count == 2


def test_a_header_that_says_that_one_is_the_best_is_asked_about(cast: Cast, tmp_path: Path) -> None:
    header = "Score (1 = very good, 5 = very poor)"
    text = f"unit_code;metric;date;{header}\n" + "N1;csat;2026-01-05;3\n"
    path = tmp_path / "m.toml"
    path.write_text(f'kind = "feedback"\n[columns]\nscore = "{header}"\nunit_code = "unit_code"\n'
                    'metric = "metric"\ndate = "date"\n')  # fmt: skip
    (tmp_path / "a.csv").write_text(text)
    lines: list[str] = []
    assert run_import_command(Wish("feedback", tmp_path / "a.csv", path), lines.append) == 1
    assert "1 may be the best" in "\n".join(lines)
