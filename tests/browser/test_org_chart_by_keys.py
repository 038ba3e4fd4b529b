"""The org chart is changed by somebody who has no mouse: each act from the unit's own page to the last yes."""

from datetime import UTC, datetime

from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor

YEAR = datetime.now(UTC).year - 1  # its days are over, and the demo was there already
STOPS = 120  # more than any of these pages has


def go_to(visitor: Visitor, selector: str) -> None:
    """Stop by stop, as the key goes."""
    for _stop in range(STOPS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{visitor.path}: no key leads to {selector}")


def follow(visitor: Visitor, selector: str) -> None:
    go_to(visitor, selector)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def change(visitor: Visitor, unit: str, act: str, **words: str) -> str:
    """What the preview said. `words` stand in the order of the form; day and month are the same: they have no order."""
    visitor.open("/people/units")
    visitor.open(str(visitor.page.get_by_role("link", name=unit, exact=True).get_attribute("href")))
    go_to(visitor, "main summary")
    visitor.page.keyboard.press("Enter")
    follow(visitor, f"a[href$='/changes/{act}']")
    for name, typed in words.items():
        go_to(visitor, f"[name={name}]")
        visitor.page.keyboard.type(typed)
    follow(visitor, "main form button")
    preview = visitor.words()
    assert visitor.heading() == "Is this what shall happen?", preview
    follow(visitor, "main form button")
    assert "It is done." in visitor.words()
    return preview


def test_all_six_acts(visit: Visit, own_demo: Site) -> None:
    adam = visit(site=own_demo).sign_in("adam")
    night = {"name": "Nocna Zmiana", "kind": "Team", "code": "NIGHT"}
    change(adam, "Departament Technologii", "opening", day=f"0101{YEAR}", **night)
    told = change(adam, "Nocna Zmiana", "alteration", day=f"0202{YEAR}", name="Nocny Dyżur")
    assert "Nocna Zmiana" in told
    told = change(adam, "Nocny Dyżur", "move", day=f"0303{YEAR}", parent="Departament Operacji")
    assert "Departament Operacji" in told
    change(adam, "Nocny Dyżur", "split", day=f"0404{YEAR}", stays=" ", code_1="DAWN", name_1="Świt")
    change(adam, "Świt", "merger", day=f"0505{YEAR}", into="NIGHT")
    change(adam, "Nocny Dyżur", "closure", day=f"0606{YEAR}")
    adam.open("/people/units")
    assert not {"Nocna Zmiana", "Nocny Dyżur", "Świt"} & set(adam.words().splitlines())
