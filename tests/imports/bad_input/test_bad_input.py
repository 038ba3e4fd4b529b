"""Each file of the table gets its sentence in three languages, and leaves nothing half-written."""

from pathlib import Path

import pytest
from flask import Flask

from app.extensions import db
from tests.cast import Cast
from tests.imports.bad_input.answer_cases import FEEDBACK_CASES, RESULT_CASES
from tests.imports.bad_input.bringing import Brought, bring, counted, refusal_of_command, stored
from tests.imports.bad_input.case import Case
from tests.imports.bad_input.file_cases import FILE_CASES
from tests.imports.bad_input.file_sentences import TOO_LARGE
from tests.imports.bad_input.shape_cases import SHAPE_CASES
from tests.imports.bad_input.unit_cases import PEOPLE_CASES, UNIT_CASES

CASES = [*UNIT_CASES, *PEOPLE_CASES, *FEEDBACK_CASES, *RESULT_CASES, *FILE_CASES, *SHAPE_CASES]
BEFORE_READING = TOO_LARGE


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_gets_its_sentence_and_nothing_is_half_written(
    app: Flask, cast: Cast, tmp_path: Path, case: Case
) -> None:
    path = tmp_path / case.called
    case.writes(path)
    db.session.commit()
    rows_before, files_before = counted(), stored()
    with app.test_request_context():
        if case.file is BEFORE_READING:
            brought = Brought(file=refusal_of_command(path, case.kind))
        else:
            brought = bring(case, path)
    assert brought.file == case.file
    assert brought.rows == list(case.rows)
    assert brought.remarks == list(case.remarks)
    assert brought.beside == list(case.beside)
    assert brought.unmatched == case.unmatched
    assert (brought.new, brought.same, brought.loaded) == (case.new, case.same, case.new)
    if not case.new:
        assert counted() == rows_before
    if case.file and not case.waits:
        assert stored() == files_before
