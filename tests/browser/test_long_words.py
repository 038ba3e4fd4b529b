"""Words of any length stay legible: an endless one in a cell, and what is chosen on a phone."""

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


CUT = """() => [...document.querySelectorAll("main select")].filter((select) => {
  const style = getComputedStyle(select), words = document.createElement("span");
  words.style.font = style.font;
  words.style.whiteSpace = "nowrap";
  words.style.position = "absolute";
  words.textContent = select.selectedOptions[0].text;
  document.body.append(words);
  const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return words.getBoundingClientRect().width > room + 1;
}).map((select) => select.name)"""


def test_what_is_chosen_can_be_read_on_a_phone(visit: Visit) -> None:
    leon = visit("leon", size={"width": 390, "height": 844}, language="pl")
    leon.open("/impact/")
    assert leon.page.evaluate(CUT) == []
