"""Means of employees say on which scale they were taken: asked once of the file, and not of each row."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.core.imports import Mapping
from app.extensions import db
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.pulse.models import DraftSet
from app.voice.models import FeedbackGroup
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.walk import hidden, newest, upload
from tests.pulse.files import bring, drafts, reasons

MEANS = "unit_code,period,question,mean,n\nN1,2026-Q1,Advocacy,6.7,40\nN2,2026-Q1,Advocacy,7.1,40\n"
ASKED = "Say on which scale they were taken"
OPTION = "--scale mean --low 0 --high 10"


def run(app: Flask, folder: Path, *options: str) -> Result:
    db.session.commit()
    path = folder / "means.csv"
    path.write_text(MEANS)
    return app.test_cli_runner().invoke(args=["pulse", "import", str(path), *options])


@pytest.mark.parametrize("options", [(), ("--scale", "ours"), ("--scale", "one-to-five-top")])
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_the_command_asks_once_and_names_its_options(
    app: Flask, cast: Cast, tmp_path: Path, options: tuple[str, ...], dry: tuple[str, ...]
) -> None:
    done = run(app, tmp_path, *options, *dry)
    assert done.exit_code == 1
    assert done.output.count(ASKED) == 1
    assert OPTION in done.output
    assert "line 2" not in done.output
    assert not db.session.scalars(sa.select(DraftSet)).all()
    assert not db.session.scalars(sa.select(DataImport)).all()


def test_what_it_names_is_what_it_takes(app: Flask, cast: Cast, tmp_path: Path) -> None:
    done = run(app, tmp_path, *OPTION.split())
    assert done.exit_code == 0, done.output
    assert db.session.scalars(sa.select(DraftSet)).one().is_means


@pytest.mark.parametrize(
    ("write", "said"),
    [(None, "cannot be read. Is that its name?"), (b"\xff\xfe\x00", "is not a mapping file: it holds no plain text.")],
)
def test_a_mapping_that_is_not_there_or_no_text_is_told_in_a_sentence(
    app: Flask, cast: Cast, tmp_path: Path, write: bytes | None, said: str
) -> None:
    mapping = tmp_path / "ours.toml"
    if write is not None:
        mapping.write_bytes(write)
    done = run(app, tmp_path, "--mapping", str(mapping))
    assert done.exit_code == 1
    assert str(mapping) in done.output
    assert said in done.output
    assert "Errno" not in done.output
    assert "Nothing was imported." in done.output


def test_the_page_asks_before_it_checks(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hanna)
    assert upload(browser, MEANS, "means.csv", "results").status_code == 303
    address = f"/imports/{newest().id}/mapping"
    page = browser.get(address).text
    sent = {name: hidden(page, name) for name in ("header_row", "base")}
    sent |= {f"column_{name}": name for name in ("unit_code", "period", "question", "mean", "n")}
    for rule in ("", "ours"):
        answer = browser.post(address, data={**sent, "scale_rule": rule})
        assert answer.status_code == 422
        assert ASKED in answer.text
        assert "--scale" not in answer.text, "nobody types commands on a page"
    for end in ({"low": "0"}, {"high": "10"}, {}):
        answer = browser.post(address, data={**sent, "scale_rule": "mean", **end})
        assert answer.status_code == 422
        for name in {"low", "high"} - end.keys():
            (field,) = re.findall(rf'<input[^>]*id="{name}"[^>]*>', answer.text)
            assert 'aria-invalid="true"' in field
        assert answer.text.count("Means stand on a scale") == 2 * (2 - len(end)), (
            "in the list of faults, and at the field"
        )
    said = {"scale_rule": "mean", "low": "0", "high": "10"}
    assert browser.post(address, data={**sent, **said}).status_code == 302
    assert newest().new_count == 2


def test_a_mean_among_answers_is_refused_as_a_row(cast: Cast, tmp_path: Path) -> None:
    answers = "".join(f"N1,2026-Q1,{score},,\n" for score in (9, 10, 3, 8, 9, 10))
    done = bring(tmp_path, f"unit_code,period,score,mean,n\n{answers}N2,2026-Q1,,6.7,40\n")
    assert list(reasons(done)) == [8]
    assert drafts() == {("enps", "2026-Q1"): {cast.n1.id: (1, 1, 4)}}


def test_means_of_customers_are_on_our_own_scale(cast: Cast, tmp_path: Path) -> None:
    db.session.commit()
    path = tmp_path / "feedback.csv"
    path.write_text("unit_code,metric,period,mean,n\nN1,csat,2026-Q1,4.2,40\n")
    columns = {name: (name,) for name in ("unit_code", "metric", "period", "mean", "n")}
    assert import_file("feedback", path, mapping=Mapping("feedback", columns=columns)).new_count == 1
    assert db.session.scalars(sa.select(FeedbackGroup)).one().mean == pytest.approx(4.2)
