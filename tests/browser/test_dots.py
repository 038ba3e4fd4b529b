"""The picture of all units: a dot is as large as its answers are many, and can be seen on every ground."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

# Of each dot how wide it is, and of its edge the colour over the card, as three numbers from 0 to 255.
DOTS = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (...layers) => {
    for (const [colour, alpha] of layers) { pen.globalAlpha = alpha; pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const card = getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
  const given = (dot, name) => dot.getAttribute(name);
  const drawn = [...document.querySelectorAll("#units-plot svg path")];
  const dots = drawn.filter((each) => given(each, "fill-opacity") && given(each, "stroke"));
  return {
    card: over([card, 1]),
    dots: dots.map((dot) => ({
      across: dot.getBoundingClientRect().width,
      edge: over([card, 1], [given(dot, "stroke"), Number(given(dot, "stroke-opacity") ?? 1)]),
    })),
  };
}"""
LOOKS = [{}, {"color_scheme": "dark"}, {"contrast": "more"}, {"contrast": "more", "color_scheme": "dark"}]


def company_page(visit: Visit, **wish: str) -> Visitor:
    leon = visit("leon", **wish)
    leon.open("/impact/")
    leon.page.locator("#units-plot svg").wait_for()
    return leon


def light_of(colour: list[int]) -> float:
    """Relative luminance, as WCAG has it."""
    parts = [each / 255 for each in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("wish", LOOKS)
def test_the_edge_of_a_dot_stands_out_in_every_look(visit: Visit, wish: dict[str, str]) -> None:
    found = company_page(visit, **wish).page.evaluate(DOTS)
    assert len(found["dots"]) > 10
    for dot in found["dots"]:
        dark, light = sorted((light_of(dot["edge"]), light_of(found["card"])))
        assert (light + 0.05) / (dark + 0.05) >= 3


def test_dots_are_drawn_as_large_as_the_page_says(visit: Visit) -> None:
    page = company_page(visit).page
    content = page.locator("script[data-chart=units-plot]").text_content()
    told = sorted(page.evaluate("text => JSON.parse(text).points.map((each) => each.across)", content))
    drawn = sorted(dot["across"] for dot in page.evaluate(DOTS)["dots"])
    assert told[-1] > 1.5 * told[0]
    assert drawn == pytest.approx(told, abs=2)
