"""Whether two voices go together over units, and what may be said about it: an association, never a cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from app.core.texts import _, ngettext
from app.impact.wording import words
from app.stats import linkage
from app.stats.linkage import Correlation

FEWEST = 10  # units; below it the interval of any correlation covers nearly everything
Values = tuple[float, ...]


@dataclass(frozen=True)
class Link:
    """The correlation over units, or why there is none."""

    n: int
    is_means: bool
    found: Correlation | None = None
    rho_interval: tuple[float, float] | None = None

    @property
    def is_clear(self) -> bool:
        return self.found is not None and (self.found.low > 0 or self.found.high < 0)


def link(pairs: Sequence[tuple[float, float]], *, is_means: bool) -> Link:
    """Of published values only. Means are unweighted and their interval is a bootstrap over units (methods.md 1.7)."""
    n = len(pairs)
    if n < FEWEST:
        return Link(n, is_means)
    x, y = (tuple(side) for side in zip(*pairs, strict=True))
    try:
        found = _bootstrapped(x, y) if is_means else linkage.correlate(x, y)
        return Link(n, is_means, found, linkage.spearman_interval(found.rho, n))
    except ValueError:  # one side is the same everywhere
        return Link(n, is_means)


@lru_cache(maxsize=256)
def _bootstrapped(x: Values, y: Values) -> Correlation:
    plain = linkage.correlate(x, y)
    low, high = linkage.bootstrap_interval(x, y)
    return plain._replace(low=low, high=high)


def sentence(link: Link) -> Markup:
    if link.n < FEWEST:
        return Markup.escape(
            ngettext(
                "Too few units to say whether the two go together: %(num)s unit shows both, and it takes at least"
                " %(least)s.",
                "Too few units to say whether the two go together: %(num)s units show both, and it takes at least"
                " %(least)s.",
                link.n,
                least=words.count(FEWEST),
            )
        )
    if link.found is None:
        return Markup.escape(_("On one side all units have the same score, so nothing can go together with it."))
    if not link.is_clear:
        return words.rich(
            _(
                "<strong>No clear link</strong> shows between the two: a link anywhere from %(low)s to %(high)s would"
                " fit."
            ),
            _limits(link.found),
        )
    if link.found.r > 0:
        text = _(
            "Where the team's score is higher, <strong>customers' score tends to be higher too</strong>: the two go"
            " together."
        )
    else:
        text = _(
            "Where the team's score is higher, <strong>customers' score tends to be lower</strong>: the two go opposite"
            " ways."
        )
    return words.rich(text, {})


def figures(link: Link) -> str:
    """r and rho with intervals and n."""
    if link.found is None or link.rho_interval is None:
        return ""
    return ngettext(
        "Pearson's r %(r)s (%(low)s to %(high)s), Spearman's rho %(rho)s (%(rho_low)s to %(rho_high)s), %(num)s unit.",
        "Pearson's r %(r)s (%(low)s to %(high)s), Spearman's rho %(rho)s (%(rho_low)s to %(rho_high)s), %(num)s units.",
        link.n,
        r=words.correlation(link.found.r),
        rho=words.correlation(link.found.rho),
        rho_low=words.correlation(link.rho_interval[0]),
        rho_high=words.correlation(link.rho_interval[1]),
        **_limits(link.found),
    )


def caution(link: Link) -> str:
    if link.is_means:
        return _(
            "From published means: each unit counts the same, and the interval comes from drawing units again and"
            " again. Going together does not show that one causes the other."
        )
    return _("Going together does not show that one causes the other.")


def _limits(found: Correlation) -> dict[str, str]:
    return {"low": words.correlation(found.low), "high": words.correlation(found.high)}
