"""Bringing a file through the pages of the import, as a person does it."""

from pathlib import Path

from tests.browser.visitor import Visitor


def bring(visitor: Visitor, kind: str, file: Path, *, metric: str = "") -> None:
    """From the choice of the file to the dry run."""
    visitor.open("/imports/new")
    visitor.page.locator(f"input[name=kind][value={kind}]").check()
    visitor.page.locator("input[name=file]").set_input_files(file)
    visitor.press("Continue")
    visitor.page.wait_for_url("**/mapping")
    assert visitor.heading() == "Which column is which?"
    if metric:
        visitor.page.locator("#constant_metric").fill(metric)
    visitor.press("Check the file")
    visitor.page.wait_for_url(lambda url: not url.endswith("/mapping"))
    visitor.page.get_by_role("heading", name="What was found").wait_for()


def refused_rows(visitor: Visitor) -> list[list[str]]:
    """Line, column, value and reason of each row that cannot be taken."""
    rows = visitor.page.locator("#refusals tbody tr").all()
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]


def accept(visitor: Visitor) -> str:
    """The sentence at the end. A long file is written by the worker, and the page waits for it by itself."""
    visitor.page.locator("form[action$='/acceptance'] button").click()
    visitor.page.get_by_role("heading", name="The import is done").wait_for(timeout=120_000)
    return visitor.page.locator(".sentence").inner_text()
