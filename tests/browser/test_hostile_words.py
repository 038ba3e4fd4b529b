"""A company whose every word is hostile, in a real browser: nothing runs, nothing is asked for, nothing pops up."""

import csv
from pathlib import Path
from random import Random

from flask import Flask
from playwright.sync_api import Dialog

from tests.browser.conftest import Visit
from tests.browser.crawling import Crawl
from tests.browser.importing import accept, bring
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.hostile.corpus import MARKUP, words

PASSWORD = "sklep na rogu jest otwarty"
DAY, PERIOD = "2026-06-15", "2026-Q2"
SEED, FEW = 20261122, 3
BROKEN = (
    "<img src='data:,x' onerror=alert(1) alt=''><b zqseené01>x</b><zqseené02>x</zqseené02><a href='javascript:1'>x</a>"
)
VIOLATIONS = """() => { window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective)); }"""
# Where the browser's own parser has put the words: the same questions as tests/hostile/examiner.py asks.
STRANGE = r"""() => {
  const marker = /zq[a-z]+é\d\d/i, found = [];
  const forWords = /^(value|title|alt|aria-label|placeholder|content|data-.*)$/;
  for (const each of document.querySelectorAll('*')) {
    if (marker.test(each.localName)) found.push(`an element <${each.localName}>`);
    for (const { name, value } of each.attributes) {
      if (marker.test(name) || name.startsWith('on')) found.push(`an attribute ${name} of <${each.localName}>`);
      if (marker.test(value) && !forWords.test(name)) found.push(`words in ${name} of <${each.localName}>`);
    }
    const harmless = /^(https?|mailto|otpauth):$/;
    if (each.matches('a[href]') && !harmless.test(each.protocol)) found.push(`a link to ${each.href}`);
    if (each.localName === 'script' && !each.src && each.type !== 'application/json') found.push('a script');
  }
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) if (marker.test(comments.currentNode.data)) found.push('a comment');
  return [...found, ...window.violations];
}"""


class Wary:
    """A visitor who also notices dialogs, broken rules of the content policy, and elements that words have made."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        visitor.context.add_init_script(f"({VIOLATIONS})()")
        visitor.page.on("dialog", self._on_dialog)
        self.faults: list[str] = []

    def look(self, path: str) -> None:
        self.visitor.open(path)
        self.look_here()

    def look_here(self) -> None:
        self.faults += [f"{self.visitor.path}: {each}" for each in self.visitor.page.evaluate(STRANGE)]

    def _on_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"{self.visitor.path}: a dialog says {dialog.message}")
        dialog.dismiss()


def test_nothing_that_was_brought_in_ever_runs(visit: Visit, empty_place: Site, tmp_path: Path, app: Flask) -> None:
    owner = visit(site=empty_place)
    wary = Wary(owner)
    set_up(owner)
    for kind, rows in tables().items():
        bring(owner, kind, written(tmp_path / f"{MARKUP[2]} {kind}.csv", rows))
        wary.look_here()
        accept(owner)
        wary.look_here()
    publish(owner)
    crawl = Crawl(owner, app.url_map.bind("127.0.0.1"), Random(SEED))
    for _path in crawl.pages():
        wary.look_here()
    for path in searched():
        wary.look(path)
    look_at_units(wary)
    assert not wary.faults, "\n".join(wary.faults)


def test_what_would_run_is_noticed(visit: Visit, empty_place: Site) -> None:
    """The eyes themselves: what the test above looks for, they see."""
    owner = visit(site=empty_place)
    wary = Wary(owner)
    wary.look("/first-run")
    assert wary.faults == []
    owner.page.evaluate("(markup) => { document.querySelector('main').innerHTML += markup; }", BROKEN)
    owner.page.evaluate("() => confirm('zq')")
    owner.page.wait_for_timeout(300)
    wary.look_here()
    told = "\n".join(wary.faults)
    for fault in (
        "a dialog",
        "attribute onerror",
        "attribute zqseené01",
        "element <zqseené02>",
        "javascript:",
        "script-src",
    ):
        assert fault in told
    owner.faults.clear()


def set_up(owner: Visitor) -> None:
    owner.open("/first-run/company")
    typed = {"company_name": words("company")[2], "name": words("owner")[1], "email": "anna@sklep.example"}
    for field, text in {**typed, "password": PASSWORD}.items():
        owner.page.locator(f"#{field}").fill(text)
    owner.press("Set up")
    owner.page.wait_for_url(owner.address + "/")


def tables() -> dict[str, list[list[str]]]:
    names, jobs, comments, touchpoints = words("name"), words("job"), words("comment"), words("touch", 80)
    units = [["code", "name", "parent_code", "kind"], ["ALL", words("company")[3], "", "company"]]
    people = [["email", "name", "unit_code", "job"]]
    feedback = [["unit_code", "date", "metric", "score", "touchpoint", "comment", "language"]]
    results = [["unit_code", "period", "question", "promoters", "passives", "detractors"]]
    for at, name in enumerate(names):
        code, touchpoint = f"H{at:02}", touchpoints[at % len(touchpoints)]
        units.append([code, name, "ALL", "branch"])
        people.append([f"h{at}@example.org", words("person")[at], code, jobs[at]])
        feedback.append([code, DAY, "nps", str(at % 11), touchpoint, comments[at], "<i>"])
        results.append([code, PERIOD, "enps", str(6 + at % 9), "5", str(5 + at % 7)])
    refused = [[item, DAY, "nps", "9", "", "", ""] for item in words("refused")]
    return {"units": units, "employees": people, "feedback": [*feedback, *refused], "results": results}


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def publish(owner: Visitor) -> None:
    owner.open("/pulse/drafts")
    owner.page.locator("tbody th a").first.click()
    owner.press("Publish for ever")
    owner.page.get_by_text("is published.").wait_for()


def searched() -> list[str]:
    lists = ("/people/units", "/people/employees", "/imports/", "/impact/", "/sign-in")
    return [
        f"{path}?q={item.replace('%', '%25').replace('&', '%26').replace('#', '%23')}"
        for path in lists
        for item in MARKUP[:2]
    ]


def look_at_units(wary: Wary) -> None:
    """Some of them, with their charts: the words under the pointer are drawn by a script."""
    page = wary.visitor.page
    wary.look("/impact/?level=branch")
    page.locator("#units-plot svg").wait_for()
    box = page.locator("#units-plot").bounding_box()
    assert box is not None
    for at in range(60):
        page.mouse.move(box["x"] + box["width"] * (at % 12 + 0.5) / 12, box["y"] + box["height"] * (at // 12 + 0.5) / 5)
    wary.look_here()
    links = page.locator("#units-table tbody th a").evaluate_all(
        "(links) => links.map((each) => each.getAttribute('href'))"
    )
    for link in Random(SEED).sample(links, FEW):
        unit = link.split("?")[0].rsplit("/", 1)[-1]
        for path in (link, f"/voice/units/{unit}", f"/people/units/{unit}"):
            wary.look(path)
