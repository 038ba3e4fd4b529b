"""A word without an end, in a cell that somebody else wrote, must not push what follows it out of sight."""

from pathlib import Path

from tests.browser.conftest import Visit
from tests.browser.importing import bring

WIDER = "() => [...document.querySelectorAll('.table-frame')].map((frame) => frame.scrollWidth - frame.clientWidth)"


def test_the_reason_stands_beside_an_endless_word(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("unit_code,date,metric,score,comment\nKRK-RYN,2026-05-05,nps,9," + 5001 * "x" + "\n")
    adam = visit("adam")
    bring(adam, "feedback", file)
    assert adam.page.evaluate(WIDER) == [0]
