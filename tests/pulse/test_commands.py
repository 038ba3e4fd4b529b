"""`flask pulse …`, as an operator types it."""

import sqlalchemy as sa

from app.core import company_time
from app.extensions import db
from app.results.models import ResultSet
from tests.pulse.files import HEADER, answers

MANY = "9 9 10 8 3 9 10 10"


def write(folder, text):
    db.session.commit()
    path = folder / "past.csv"
    path.write_text(text, "utf-8")
    return str(path)


def test_results_come_in_as_drafts_and_are_published_by_name(app, cast, tmp_path):
    run = app.test_cli_runner().invoke
    done = run(args=["pulse", "import", write(tmp_path, HEADER + answers("N1", MANY))])
    assert done.exit_code == 0, done.output
    listed = run(args=["pulse", "sets"])
    assert "enps:2026-Q1, 3 units shown, 3 hidden" in listed.output
    assert run(args=["pulse", "publish", "enps:2026-Q1"]).exit_code == 0
    assert db.session.scalar(sa.select(sa.func.count(ResultSet.id))) == 1
    assert "published enps:2026-Q1" in run(args=["pulse", "sets"]).output


def test_all_drafts_are_published_at_once_and_a_refusal_is_told(app, cast, tmp_path):
    text = HEADER + answers("N1", MANY) + answers("N1", MANY, period="2026-Q2") + answers("N1", "9 9", period="2025-Q4")
    run = app.test_cli_runner().invoke
    run(args=["pulse", "import", write(tmp_path, text)])
    done = run(args=["pulse", "publish", "all"])
    assert done.exit_code == 1
    assert "enps:2026-Q2 is published." in done.output
    assert "no unit could be shown" in done.output
    assert db.session.scalar(sa.select(sa.func.count(ResultSet.id))) == 2


def test_all_leaves_out_what_has_not_ended_and_a_name_does_not(app, cast, tmp_path):
    today = company_time.today()
    code = f"{today.year}-Q{(today.month + 2) // 3}"
    run = app.test_cli_runner().invoke
    run(args=["pulse", "import", write(tmp_path, HEADER + answers("N1", MANY, period=code))])
    done = run(args=["pulse", "publish", "all"])
    assert (done.exit_code, done.output.strip()) == (
        0,
        f"enps:{code} waits: its period has not ended. Name it to publish it now.",
    )
    assert db.session.scalar(sa.select(sa.func.count(ResultSet.id))) == 0
    assert run(args=["pulse", "publish", f"enps:{code}"]).exit_code == 0


def test_an_unknown_name_is_said_to_be_unknown(app, cast):
    for name in ("77", "enps:2026-Q1", "nonsense"):
        done = app.test_cli_runner().invoke(args=["pulse", "publish", name])
        assert done.exit_code == 1
        assert "There is no draft" in done.output
