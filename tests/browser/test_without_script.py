"""With scripts off, everything that is needed works as plain forms and links."""

from pathlib import Path

from tests.browser.conftest import Visit
from tests.browser.importing import accept, bring, refused_rows
from tests.browser.site import Site

NEW_UNIT = "code,name,parent_code,kind\nKRA-TEST,Kraków Testowy,{parent},branch\nX-1,Nowhere,NO-SUCH,branch\n"


def test_an_employee_reads_her_unit_in_a_table(visit: Visit) -> None:
    ewa = visit(java_script_enabled=False).sign_in("ewa")
    ewa.page.locator("nav.site-nav a").nth(1).click()
    assert ewa.heading() == "Kraków Rynek"
    assert ewa.page.locator(".score-number").count() == 2
    ewa.page.locator(".chart-table summary").click()
    rows = ewa.page.locator(".chart-table tbody tr")
    assert rows.count() >= 8
    assert rows.first.is_visible()


def test_menus_and_the_choice_of_look_work(visit: Visit) -> None:
    ewa = visit("ewa", java_script_enabled=False)
    ewa.open("/people/units")
    ewa.page.locator(".site-tools summary").click()
    ewa.page.get_by_role("button", name="dark", exact=True).click()
    assert ewa.path == "/people/units"
    assert ewa.page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_file_is_imported(visit: Visit, own_demo: Site, tmp_path: Path) -> None:
    adam = visit(site=own_demo, java_script_enabled=False).sign_in("adam")
    adam.open("/people/units?q=Kraków Rynek")
    parent = adam.page.locator("main .rows a").first
    parent.click()
    code = adam.page.locator(".page-head .second").first.inner_text().split("·")[-1].strip()
    file = tmp_path / "units.csv"
    file.write_text(NEW_UNIT.format(parent=code))
    bring(adam, "units", file)
    assert [row[2] for row in refused_rows(adam)] == ["NO-SUCH"]
    assert "1 row was added" in accept(adam)
    adam.open("/people/units?q=Testowy")
    assert "Kraków Testowy" in adam.words()
