"""The unit's page: two voices, what may be said about them, and what must not show."""

import json
import re

from tests.browser_check import Browser
from tests.cast import Cast
from tests.impact.heard import hear_customers, hear_means, publish_enps, publish_means
from tests.impact.pages import words_of

BEFORE, NOW = (8, 10, 12), (3, 8, 19)


def tell(cast: Cast) -> None:
    """Two quarters of N1 and N2: the team as in methods.md 1.4, customers clearly better."""
    for period, team, customers in (("2026-Q2", BEFORE, (60, 60, 80)), ("2026-Q3", NOW, (70, 80, 238))):
        publish_enps(period, {cast.n1: team, cast.n2: (5, 10, 15)}, headcount={cast.n1: 34, cast.n2: 40})
        hear_customers(period, {cast.n1: customers, cast.n2: (10, 10, 20)})


def address(unit_id: int, **query: str) -> str:
    rest = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/impact/units/{unit_id}" + (f"?{rest}" if rest else "")


def chart_of(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def in_table(text: str) -> list[str]:
    """The quarters of the table under the chart, newest first."""
    (table,) = re.findall(r'class="more chart-table".*?</table>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<th[^>]*row[^>]*>.*?</th>", table)]


def test_it_sets_both_voices_side_by_side(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id))
    words = words_of(page)
    assert page.status_code == 200
    assert "30 of 34 people answered (88%)" in words
    assert "from +44 to +59" in words  # methods.md 1.3
    assert "not clearly changed since Q2 2026" in words  # methods.md 1.4: the exact test does not reject
    assert "Customers of Unit N1: NPS +43, up 33 since Q2 2026 (unlikely to be chance)." in words
    assert "The team: eNPS +53 , not clearly changed since Q2 2026." in words
    assert "because" not in words.lower()


def test_of_three_answers_on_both_sides_no_change_is_said(browser: Browser, cast: Cast) -> None:
    hear_customers("2026-Q2", {cast.n1: (1, 1, 1)})
    hear_customers("2026-Q3", {cast.n1: (0, 1, 2)})
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "Customers of Unit N1: NPS +67 , too few answers to tell a change." in words
    assert "too few answered to say" in words
    assert "not clearly changed" not in words


def test_what_changed_is_coloured_and_nothing_else(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id))
    assert page.text.count("verdict-changed") == 1
    assert "up 33 since Q2 2026, unlikely to be chance" in words_of(page)


def test_a_name_is_never_markup(browser: Browser, cast: Cast) -> None:
    tell(cast)
    cast.n1.name = "<b>Bold</b> & co"
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id))
    assert "<b>" not in page.text
    assert "Customers of &lt;b&gt;Bold&lt;/b&gt; &amp; co" in page.text


def test_the_link_opens_the_same_view(browser: Browser, cast: Cast) -> None:
    tell(cast)
    browser.sign_in(cast.ewa)
    first = browser.get(address(cast.n1.id, period="2026-Q2", quarters="4"))
    found = re.search(r'id="copy-link" value="http://[^/]+([^"]+)"', first.text)
    assert found
    link = found[1].replace("&amp;", "&")
    assert "period=2026-Q2" in link
    assert "quarters=4" in link
    assert words_of(browser.get(link)) == words_of(first)
    assert "+53" not in words_of(first)  # not yet in that quarter
    assert in_table(first.text) == ["Q2 2026", "Q1 2026", "Q4 2025", "Q3 2025"]


def test_words_in_the_address_that_mean_nothing_are_passed_over(browser: Browser, cast: Cast) -> None:
    tell(cast)
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id, period="never", quarters="7"))
    assert page.status_code == 200
    assert len(in_table(page.text)) == 8


def test_the_chart_says_what_the_table_says(browser: Browser, cast: Cast) -> None:
    tell(cast)
    chart = chart_of(browser.sign_in(cast.ewa).get(address(cast.n1.id, quarters="4")).text)
    team, customers = chart["series"]  # type: ignore[misc]
    assert team["scores"] == [13, 53]
    assert (team["low"][1], team["high"][1]) == (44, 59)
    assert customers["scores"] == [10, 43]
    assert team["texts"][1] == "+53, n 30 of 34, +44 … +59"


def test_the_chart_begins_and_ends_where_something_is_to_be_seen(browser: Browser, cast: Cast) -> None:
    """Also where the team is hidden at an end; what lies between stays, with its gaps."""
    publish_enps("2025-Q1", {cast.n1: (1, 1, 1), cast.s1: (5, 10, 15)})
    hear_customers("2025-Q3", {cast.n1: (10, 10, 20)})
    publish_enps("2026-Q1", {cast.n1: NOW, cast.s1: (5, 10, 15)})
    publish_enps("2026-Q2", {cast.n1: (1, 1, 1), cast.s1: (5, 10, 15)})
    page = browser.sign_in(cast.hanna).get(address(cast.n1.id, period="2026-Q3"))
    chart = chart_of(page.text)
    team, customers = chart["series"]  # type: ignore[misc]
    assert chart["periods"] == ["Q3 2025", "Q4", "Q1 2026"]
    assert (team["scores"], customers["scores"]) == ([None, None, 53], [25, None, None])
    assert "over 3 quarters, to Q1 2026" in str(chart["describe"])
    assert in_table(page.text)[0] == "Q3 2026"
    assert len(in_table(page.text)) == 8


def test_a_single_quarter_is_a_chart_of_its_own(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q1", {cast.n1: NOW, cast.s1: (5, 10, 15)})
    page = browser.sign_in(cast.hanna).get(address(cast.n1.id, period="2026-Q3", quarters="12"))
    assert chart_of(page.text)["periods"] == ["Q1 2026"]


def test_units_below_stand_by_name_and_without_rank(browser: Browser, cast: Cast) -> None:
    tell(cast)
    words = words_of(browser.sign_in(cast.hanna).get(address(cast.north.id)))
    assert words.index("Unit N1") < words.index("Unit N2")
    assert "30 of 34" in words
    assert "Changes are judged more strictly here" in words
    assert "60 of 74 people answered" in words  # the region counts all answers together


def test_a_closed_unit_stays_below_while_either_voice_is_known(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: NOW, cast.n2: (5, 10, 15)})
    cast.n2.is_open = False
    assert "Unit N2" in words_of(browser.sign_in(cast.hanna).get(address(cast.north.id)))
    assert "Unit N2" not in words_of(browser.get(address(cast.north.id, period="2026-Q2")))


def test_a_small_unit_is_hidden_in_words_chart_and_table(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (1, 1, 2), cast.n2: (5, 10, 15), cast.north: (2, 2, 3)})
    hear_customers("2026-Q3", {cast.n1: (1, 2, 5)})
    page = browser.sign_in(cast.marek).get(address(cast.n1.id))
    assert "hidden to protect people" in words_of(page)
    assert "too few people answered here, or the number would give away a smaller group" in words_of(page)
    team, _customers = chart_of(page.text)["series"]  # type: ignore[misc]
    assert team["scores"][-1] is None
    assert "+25" not in page.text  # what the four answered
    above = browser.sign_in(cast.hanna).get(address(cast.north.id))
    assert "hidden to protect people" in words_of(above)
    assert "+25" not in above.text


def test_few_answers_are_rounded_and_the_page_says_so(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q3", {cast.n1: (2, 5, 6)}, headcount={cast.n1: 14})
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "Fewer than 20 answers: the score is rounded to 5, to protect people." in words
    assert "+30" in words
    assert "+31" not in words


def test_a_poor_response_shows_what_is_certain_and_reads_no_change(browser: Browser, cast: Cast) -> None:
    publish_enps("2026-Q2", {cast.n1: (30, 5, 5)}, headcount={cast.n1: 50})
    publish_enps("2026-Q3", {cast.n1: (2, 4, 24)}, headcount={cast.n1: 70})
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id))
    words = words_of(page)
    assert "Fewer than half answered, so no change is read from this score." in words
    assert "Whatever those who did not answer think, the score lies between −26 and +89." in words
    assert "too few answered to say" in words
    assert "verdict-changed" not in page.text


def test_how_large_a_change_must_be_stands_beside_the_trend(browser: Browser, cast: Cast) -> None:
    tell(cast)
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "changes of about 40 points or more in the team's score and of about 13 in the customers'" in words


def test_published_means_are_shown_as_they_came(browser: Browser, cast: Cast) -> None:
    publish_means("advocacy", "2022-Q3", {cast.n1: (6.84, 250), cast.n2: (7.1, 90)})
    hear_means("2022-11", {cast.n1: (8.13, 412)})
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "From published means" in words
    assert "6.84" in words
    assert "8.13" in words
    assert "November 2022" in words
    assert "from +" not in words
    assert "no answers yet" not in words  # there are, but no score can be made of them


def test_a_mean_that_was_moved_from_the_end_of_its_scale_is_not_called_unchanged(browser: Browser, cast: Cast) -> None:
    publish_means("advocacy", "2022-Q3", {cast.n1: (9.93, 12), cast.n2: (7.1, 90)})
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "9.93" not in words
    assert "keeps away from the ends of its scale" in words
    assert "as they came" not in words


def test_a_published_mean_of_the_recommend_question_is_called_enps(browser: Browser, cast: Cast) -> None:
    publish_means("enps", "2022-Q3", {cast.n1: (3.87, 11), cast.n2: (4.1, 12)})
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "team: eNPS" in words
    assert "enps" not in words


def test_rows_of_an_import_that_is_not_visible_do_not_count(browser: Browser, cast: Cast) -> None:
    tell(cast)
    hear_customers("2026-Q3", {cast.n1: (900, 0, 0)}, is_visible=False)
    assert "+43" in words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))


def test_a_page_without_anything_says_what_will_be_here(browser: Browser, cast: Cast) -> None:
    words = words_of(browser.sign_in(cast.ewa).get(address(cast.n1.id)))
    assert "Nothing has been heard here yet" in words


def test_the_quarter_in_which_both_are_known_opens_first(browser: Browser, cast: Cast) -> None:
    tell(cast)
    hear_customers("2026-Q4", {cast.n1: (5, 5, 5)})  # the running quarter: nobody has asked the team yet
    page = browser.sign_in(cast.ewa).get(address(cast.n1.id))
    assert "30 of 34 people answered" in words_of(page)
    running = browser.get(address(cast.n1.id, period="2026-Q4"))
    assert "No results of employees are published for Q4 2026." in words_of(running)


def test_a_stranger_does_not_find_it(browser: Browser, cast: Cast) -> None:
    tell(cast)
    assert browser.sign_in(cast.stranger).get(address(cast.n1.id)).status_code == 404


def test_it_needs_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get(address(cast.n1.id)).status_code == 302


def test_it_needs_the_permission(browser: Browser, cast: Cast) -> None:
    cast.ewa.employee_id = None  # works nowhere, holds no role
    assert browser.sign_in(cast.ewa).get(address(cast.n1.id)).status_code == 403


def test_there_is_no_such_unit(browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.hanna).get(address(999_999)).status_code == 404
