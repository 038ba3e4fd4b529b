"""What is shown equals what `app.stats` says, and nothing beside it tells more."""

import math
from datetime import date

import pytest

from app.impact import figures
from app.impact.figures import Answered
from app.impact.wording import goes_with
from app.impact.wording.detectable import detectable
from app.stats import disclosure, linkage, scores
from app.stats.scores import Verdict

SPRING, SUMMER, AUTUMN = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


def test_a_team_of_known_size_has_the_interval_of_finite_teams() -> None:
    figure = figures.team_figure(Answered((3, 8, 19), 34))
    assert figure.score == pytest.approx(53.3333, abs=1e-4)
    assert (figure.low, figure.high) == pytest.approx((44.1176, 58.8235), abs=1e-4)  # methods.md 1.3
    assert figure.bounds is None


def test_a_team_of_unknown_size_has_the_interval_of_the_climate() -> None:
    figure = figures.team_figure(Answered((3, 8, 19)))
    assert (figure.low, figure.high) == pytest.approx((24.9197, 72.0500), abs=1e-4)  # methods.md 1.2
    assert figure.share is None


def test_below_seventy_percent_the_certain_bounds_stand_beside_the_interval() -> None:
    figure = figures.team_figure(Answered((3, 8, 19), 60))
    assert figure.bounds == disclosure.shown_certain_bounds((3, 8, 19), 60)
    assert not figure.is_thin
    assert figures.team_figure(Answered((3, 8, 19), 61)).is_thin


def test_below_twenty_answers_everything_is_a_multiple_of_five() -> None:
    for counts in [(2, 3, 4), (1, 5, 7), (6, 6, 7)]:
        figure = figures.team_figure(Answered(counts, 22))
        assert figure.is_rounded
        assert {value % 5 for value in (figure.score, figure.low, figure.high)} == {0}


def test_customers_have_raw_scores_and_their_own_interval() -> None:
    figure = figures.customer_figure(Answered((10, 30, 60)))
    assert figure.score == 50
    assert (figure.low, figure.high) == pytest.approx((35.4666, 61.6208), abs=1e-4)


def test_a_quarter_is_compared_with_the_last_one_that_shows_a_score() -> None:
    by_quarter = {SPRING: Answered((8, 10, 12), 34), SUMMER: Answered(None), AUTUMN: Answered((3, 8, 19), 34)}
    spring, summer, autumn = figures.team_readings(by_quarter, [SPRING, SUMMER, AUTUMN])
    assert spring.comparison is None
    assert summer.is_hidden
    assert summer.figure is None
    assert autumn.comparison is not None
    assert autumn.comparison.since == SPRING
    assert autumn.comparison.change == disclosure.shown_change((8, 10, 12), (3, 8, 19))
    assert autumn.comparison.p == pytest.approx(0.0649339926, abs=1e-9)  # methods.md 1.4
    assert autumn.verdict is Verdict.UNCLEAR


def test_no_change_is_read_where_fewer_than_half_answered() -> None:
    by_quarter = {SPRING: Answered((60, 20, 10), 100), AUTUMN: Answered((2, 8, 30), 100)}
    assert figures.team_readings(by_quarter, [AUTUMN])[0].verdict is None


@pytest.mark.parametrize(("now", "verdict"), [((0, 0, 3), None), ((0, 0, 4), Verdict.UP), ((2, 1, 1), Verdict.UNCLEAR)])
def test_no_change_is_read_where_no_change_could_be_told(now: scores.Counts, verdict: Verdict | None) -> None:
    reading = figures.customer_readings({SPRING: Answered((3, 0, 0)), AUTUMN: Answered(now)}, [AUTUMN])[0]
    assert reading.verdict is verdict
    assert figures.told_apart([reading]) == [verdict]


def test_many_verdicts_survive_only_benjamini_and_hochberg() -> None:
    still = {SPRING: Answered((20, 30, 50)), AUTUMN: Answered((20, 30, 50))}
    up = {SPRING: Answered((95, 117, 188)), AUTUMN: Answered((70, 117, 213))}
    alone = figures.customer_readings(up, [AUTUMN])[0]
    assert alone.verdict is Verdict.UP
    assert figures.told_apart([alone]) == [Verdict.UP]
    among = [alone, *figures.customer_readings(still, [AUTUMN]) * 30]
    assert scores.adjust([reading.comparison.p for reading in among if reading.comparison])[0] > 0.1
    assert set(figures.told_apart(among)) == {Verdict.UNCLEAR}


def test_those_without_a_verdict_are_no_tests() -> None:
    up = figures.customer_readings({SPRING: Answered((95, 117, 188)), AUTUMN: Answered((70, 117, 213))}, [AUTUMN])[0]
    lonely = figures.customer_readings({AUTUMN: Answered((20, 30, 50))}, [AUTUMN])[0]
    assert figures.told_apart([lonely, up, *[lonely] * 30]) == [None, Verdict.UP, *[None] * 30]


def test_a_link_needs_ten_units() -> None:
    pairs = [(float(x), float(x * x % 7)) for x in range(9)]
    assert goes_with.link(pairs, is_means=False).found is None
    assert goes_with.link([*pairs, (9.0, 4.0)], is_means=False).found is not None


def test_a_link_of_scores_is_fishers_and_of_means_a_bootstrap() -> None:
    pairs = [(float(x), float(x * x % 11)) for x in range(14)]
    x, y = [first for first, _ in pairs], [second for _, second in pairs]
    plain, drawn = goes_with.link(pairs, is_means=False), goes_with.link(pairs, is_means=True)
    assert plain.found == linkage.correlate(x, y)
    assert drawn.found is not None
    assert (drawn.found.low, drawn.found.high) == linkage.bootstrap_interval(x, y)
    assert plain.rho_interval == linkage.spearman_interval(linkage.correlate(x, y).rho, 14)


def test_nothing_goes_together_with_what_is_the_same_everywhere() -> None:
    same = goes_with.link([(5.0, float(x)) for x in range(12)], is_means=False)
    assert same.found is None
    assert same.n == 12


@pytest.mark.parametrize("counts", [(0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 0, 2), (3, 8, 19)])
def test_no_interval_leaves_out_the_score_it_stands_beside(counts: scores.Counts):
    figure = figures.customer_figure(figures.Answered(counts))
    assert figure.low <= figure.score <= figure.high


def test_two_single_answers_tell_no_change_from_chance():
    assert figures.detectable_change(1, 1) == math.inf
    assert figures.detectable_change(3, 3) == math.inf
    assert figures.detectable_change(4, 3) < figures.WHOLE_SCALE


@pytest.mark.parametrize(
    ("team", "customers", "said"),
    [
        (None, None, ""),
        (math.inf, None, "With so few answers, no change of the team's score can be told from chance."),
        (math.inf, math.inf, "With so few answers, no change of either score can be told from chance."),
        (
            40.2,
            math.inf,
            (
                "With so few answers, no change of the customers' score can be told from chance. With this many"
                " answers, changes of about 40 points or more in the team's score can be told from chance."
            ),
        ),
    ],
)
def test_a_change_that_no_scale_holds_is_not_promised(app, team, customers, said):
    with app.test_request_context():
        assert detectable(team, customers) == said
