"""Shapes of a unit's numbers for programs. Loaded with the first call: pydantic is large."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.core.api.shapes import Answer, Question
from app.impact.queries.unit import SPANS, USUAL_SPAN
from app.people.models import UnitKind

Quarter = Annotated[str, Field(examples=["2026-Q3"])]


def _number(text: object) -> object:
    return int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,3}", text) else text


class ImpactQuestion(Question):
    period: Annotated[
        str,
        Field(
            pattern=r"^((19|20)[0-9]{2}-Q[1-4])?$",
            description="The quarter, as 2026-Q3; without it the last in which both voices are known.",
            examples=["2026-Q3"],
        ),
    ] = ""
    quarters: Annotated[
        Literal[SPANS],  # type: ignore[valid-type]
        BeforeValidator(_number),
        Field(description="How many quarters, the chosen one being the last."),
    ] = USUAL_SPAN
    tree: Annotated[
        Literal["now", "then"],
        Field(
            description="Customers' answers with units as they are now, or each quarter on the tree of its last day."
        ),
    ] = "now"


class Place(Answer):
    code: str = Field(examples=["KRK-1"])
    name: str = Field(examples=["Kraków Rynek"])
    kind: Literal[tuple(map(str, UnitKind))]  # type: ignore[valid-type]
    is_open: bool


class Shown(Answer):
    """A score with what it takes to read it."""

    is_: Literal["shown"] = Field(alias="is")
    score: int = Field(description="Net score in points, −100 to 100.", examples=[41])
    low: int = Field(description="Lower end of the 95 % interval.", examples=[35])
    high: int = Field(description="Upper end of the 95 % interval.", examples=[47])
    n: int = Field(description="How many answered.", examples=[388])
    people: int | None = Field(description="How many were asked; null where that is not known.", examples=[400])
    is_rounded: bool = Field(description="Below 20 answers of employees: rounded to 5, to protect people.")
    certain: list[int] | None = Field(
        description="Where many employees stayed silent: between what the score lies, whatever they think."
    )
    published_for: str | None = Field(
        description="The month or wave, where the employees' results of this quarter are not of all of it.",
        examples=["2026-09"],
    )
    verdict: Literal["up", "down", "not-clearly-changed", "too-few-to-say"] | None = Field(
        description="Against the last earlier quarter that is shown; null where there is none."
    )
    verdict_alone: Literal["up", "down", "not-clearly-changed", "too-few-to-say"] | None = Field(
        description="What the unit's own page says. It differs from `verdict` only below: among many units a change has"
        " to be clearer not to be chance."
    )
    change: float | None = Field(
        description="In points, where `verdict_alone` is up or down: whole ones, decimals only below half a point.",
        examples=[6],
    )
    since: str | None = Field(
        description="The quarter it is compared with, or the part of it that was published.", examples=["2026-Q2"]
    )


class NotShown(Answer):
    """`hidden`: to protect people. `none`: there are no answers."""

    is_: Literal["hidden", "none"] = Field(alias="is")


Reading = Shown | NotShown


class QuarterReadings(Answer):
    period: Quarter
    team: Reading = Field(description="Employees: eNPS.")
    customers: Reading = Field(description="Customers: NPS.")


class Below(Place):
    team: Reading = Field(description="Its verdict allows for how many units stand beside each other.")
    customers: Reading


_JUST_TOLD = (
    "The change in points that could just be told from chance; null where nothing is shown, and where so few answered"
    " that no change could."
)


class Detectable(Answer):
    team: float | None = Field(description=_JUST_TOLD)
    customers: float | None = Field(description=_JUST_TOLD)


class Around(Answer):
    value: float
    low: float | None
    high: float | None
    n: int


class Satisfaction(Answer):
    csat_percent: Around | None = Field(description="Share of answers 4 or 5 of 5, in per cent.")
    ces_mean: Around | None = Field(description="Ease: mean of answers from 1 to 7.")


class Mean(Answer):
    measure: str = Field(examples=["advocacy"])
    period: str = Field(examples=["2026-Q3"])
    is_: Literal["shown", "hidden"] = Field(alias="is")
    mean: float | None
    n: int | None
    scale: list[int] = Field(examples=[[0, 10]])


class PublishedQuestion(Answer):
    measure: str = Field(examples=["i-would-recommend-our-products"])
    period: str = Field(examples=["2026-Q3"])
    is_: Literal["shown", "hidden"] = Field(alias="is")
    score: int | None = Field(description="Net score in points, −100 to 100.")
    low: int | None = Field(description="Lower end of the 95 % interval.")
    high: int | None
    n: int | None
    people: int | None = Field(description="How many were asked; null where that is not known.")
    is_rounded: bool = Field(description="Below 20 answers: rounded to 5, to protect people.")


class UnitImpact(Answer):
    unit: Place
    above: list[Place] = Field(description="From the top; only those whose numbers the token's owner may see.")
    period: Quarter = Field(description="The quarter that the units below are shown in.")
    quarters: list[QuarterReadings] = Field(description="Oldest first; the last is `period`.")
    below: list[Below]
    detectable_change: Detectable
    satisfaction: Satisfaction
    team_means: list[Mean] = Field(description="The newest published mean of each measure of employees.")
    team_questions: list[PublishedQuestion] = Field(description="The newest of each question to employees beside eNPS.")
    customer_means: list[Mean]
    rearranged_on: list[str] = Field(
        description="Days on which units came or left. Employees' published numbers stay on the tree they were"
        " published on; customers follow the tree that was asked for."
    )
