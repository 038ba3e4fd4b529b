"""Notes below a table are told from its rows; a row that is merely short stays one."""

import pytest

from app.imports.footnotes import told_apart

TABLE = [(1, ["A", "12", "8.5"]), (2, ["B", "9", "7"]), (3, ["C", "", "6"])]


def notes(below: list[tuple[int, list[str]]], *, cells_span_lines: bool = False) -> list[int]:
    apart = told_apart([*TABLE, *below], cells_span_lines=cells_span_lines)
    found = list(apart)
    assert [line for (line, _), _ in found] == [line for line, _ in [*TABLE, *below]]
    return [line for (line, _), is_note in found if is_note]


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ([], []),
        ([(5, ["SOURCE: CRM", "", ""]), (6, ["**Unweighted", "", ""])], [5, 6]),
        ([(4, ["Source: CRM", "", ""])], [4]),
        ([(4, ["Źródło: CRM"])], [4]),
        ([(4, ["Примечание: без филиалов", "", ""])], [4]),
        ([(4, ["", "† without the part in Leeds", ""])], [4]),
        ([(4, ["All answers of one quarter together", "", ""])], [4]),
        ([(6, ["2026-09-30", "", ""])], [6]),
        ([(4, ["D", "", ""])], []),
        ([(4, ["D", "", ""]), (6, ["Source: CRM", "", ""])], [6]),
        ([(4, ["D", "", ""]), (5, ["* a mark", "", ""])], [5]),
        ([(6, ["D", "7", ""])], []),
        ([(6, ["Exported on:", "2026-09-30", "", ""])], [6]),
        ([(5, ["Source: CRM", "", ""]), (6, ["D", "1", "2"])], []),
        ([(line, [f"* note {line}", "", ""]) for line in range(5, 80)], list(range(56, 80))),
    ],
)
def test_what_stands_alone_below_the_table_is_a_note(below: list[tuple[int, list[str]]], found: list[int]) -> None:
    assert notes(below) == found


def test_lines_within_a_cell_are_no_gap_in_a_text_file() -> None:
    rows = [(1, ["A", "x\ny\nz", "1"]), (4, ["D", "", ""])]
    assert [is_note for _, is_note in told_apart(rows, cells_span_lines=True)] == [False, False]
    assert [is_note for _, is_note in told_apart(rows, cells_span_lines=False)] == [False, True]


def test_a_list_of_single_cells_has_no_notes() -> None:
    rows = [(1, ["Anna"]), (2, ["Bea"]), (5, ["Source: nobody knows"])]
    assert not any(is_note for _, is_note in told_apart(rows, cells_span_lines=True))
