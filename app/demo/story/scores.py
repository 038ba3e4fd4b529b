"""Answers that add up to a wanted score, and the scores that the story wants, quarter by quarter."""

from functools import cache
from random import Random

from app.demo.story.chance import chance
from app.demo.story.organisation import DIVERGING, RISING, UNIT
from app.demo.story.timeline import QUARTERS_TOLD

DETRACTORS, PASSIVES, PROMOTERS = range(7), (7, 8), (9, 10)
# Among detractors a five or a six is common and a zero is rare, but not as rare as a one.
DETRACTOR_WEIGHTS = (6, 2, 4, 8, 11, 29, 40)

# Kraków Rynek: people are trained in the middle, their score rises, and a quarter later their customers' score does.
# Gdańsk Wrzeszcz: takes over the customers of closed Sopot without more people; the staff score falls, the customers'
# does not. The last figure belongs to the quarter that is running.
STAFF = {RISING: (10, 8, 12, 14, 16, 22, 30, 32), DIVERGING: (35, 34, 36, 31, 17, 3, -14, -28)}
CUSTOMERS = {RISING: (22, 21, 20, 23, 24, 26, 28, 41, 42), DIVERGING: (36, 37, 35, 36, 38, 36, 35, 36, 36)}
ASKED = {RISING: (200, 210, 220, 235, 250, 270, 330, 388, 390)}


def answers(net: float, count: int, *, passive: float, rng: Random) -> list[int]:
    """So many scores from 0 to 10 whose net score is as near to `net` as whole answers allow, shuffled."""
    surplus = round(net * count / 100)
    neutral = min(round(passive * count), count - abs(surplus))
    if (count - neutral - surplus) % 2:  # the rest has to split into promoters and detractors
        neutral += -1 if neutral else 1
    detractors = (count - neutral - surplus) // 2
    scores = rng.choices(DETRACTORS, DETRACTOR_WEIGHTS, k=detractors)
    scores += rng.choices(PASSIVES, (4, 5), k=neutral)
    scores += rng.choices(PROMOTERS, (4, 5), k=count - neutral - detractors)
    rng.shuffle(scores)
    return scores


@cache
def staff_scores(code: str) -> tuple[float, ...]:
    """The unit's eNPS in each whole quarter: a walk that ends where the table of units says."""
    return STAFF.get(code) or _walk(UNIT[code].staff, chance("staff", code), length=QUARTERS_TOLD, step=5)


@cache
def customer_scores(code: str) -> tuple[float, ...]:
    """The unit's NPS in each quarter and the running one: its own walk, and a little of its people a quarter before."""
    if code in CUSTOMERS:
        return CUSTOMERS[code]
    end, staff = UNIT[code].customers, staff_scores(code)
    walk = _walk(end, chance("customers", code), length=QUARTERS_TOLD, step=2)
    heard = [score + 0.3 * (staff[max(0, quarter - 1)] - staff[-2]) for quarter, score in enumerate(walk)]
    return (*heard, end + 0.3 * (staff[-1] - staff[-2]))


def asked(code: str, quarter: int) -> int:
    """How many customers answer for the unit in a quarter (in the running one: if it ran to its end)."""
    if code in ASKED:
        return ASKED[code][quarter]
    usual = UNIT[code].asked
    return round(usual * chance("asked", code, quarter).uniform(0.8, 1.0))


def respondents(code: str, quarter: int, people: int) -> int:
    """How many of a unit's people answer: near its usual share, at least ten where that still leaves one silent."""
    share = UNIT[code].share + chance("share", code, quarter).uniform(-0.04, 0.04)
    return max(min(10, people - 1), min(round(share * people), int(0.95 * people)))


def _walk(end: float, rng: Random, *, length: int, step: float) -> tuple[float, ...]:
    scores = [end]
    while len(scores) < length:
        scores.append(end + 0.7 * (scores[-1] - end) + rng.gauss(0, step))
    return tuple(reversed(scores))
