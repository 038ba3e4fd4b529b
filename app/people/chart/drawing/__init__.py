"""Drawing a wish into the chart: new timelines and successions, or a refusal with a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from app.people.chart.drawing.handing_over import draw_closure, draw_merger, draw_split
from app.people.chart.drawing.one_unit import draw_alteration, draw_correction, draw_move, draw_opening
from app.people.chart.drawing.sheet import Drawing
from app.people.chart.versions import Versions
from app.people.chart.wishes import Alteration, Closure, Correction, Merger, Move, Opening, Split, Wish

_DRAWN: dict[type, Callable[[Drawing, Any], None]] = {
    Opening: draw_opening,
    Alteration: draw_alteration,
    Move: draw_move,
    Merger: draw_merger,
    Split: draw_split,
    Closure: draw_closure,
    Correction: draw_correction,
}


def draw(wish: Wish, before: Versions, codes: Mapping[str, str]) -> Drawing:
    drawing = Drawing(before, codes)
    draw_it: Callable[[Drawing, Any], None] = _DRAWN[type(wish)]
    draw_it(drawing, wish)
    return drawing
