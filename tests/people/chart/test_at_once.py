"""Two administrators change the chart in the same second: real transactions on whichever database."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.core.permissions import Role
from app.extensions import db
from app.people.actions.reorganisation import carrying_out
from app.people.models import Reorganisation
from app.people.queries import tree_on
from tests.at_once import Meeting, committed, meet_at_call, signed_in, together
from tests.cast import make_cast
from tests.factories import make_account, make_grant
from tests.people.chart.acts import in_days
from tests.people.chart.test_change_page import digest_in

Act = tuple[str, str, dict[str, str]]  # on the page of which unit, what, with which values
GONE = "No open unit that you may change"  # to whoever came so late that it cannot be chosen any more
PAIRS: list[tuple[int, Act, Act, str]] = [
    (0, ("NORTH", "move", {"parent": "SOUTH"}), ("SOUTH", "move", {"parent": "NORTH"}), "stand under itself"),
    (9, ("N1", "move", {"parent": "S1"}), ("S1", "move", {"parent": "N1"}), "stand under itself"),
    (0, ("N1", "merger", {"into": "N2"}), ("N2", "merger", {"into": "N1"}), "not open from that day on"),
    (0, ("N1", "closure", {"people_to": "N2"}), ("N1", "closure", {"people_to": "S1"}), "not open on that day"),
    (9, ("N1", "move", {"parent": "SOUTH"}), ("N1", "move", {"parent": "N2"}), "changed in the meantime"),
]


def confirmed(client: FlaskClient, address: str, values: dict[str, str], digest: str) -> Any:
    return client.post(address, data=values | {"digest": digest})


@pytest.mark.parametrize(("days", "first", "second", "words"), PAIRS)
def test_one_wins_and_the_other_gets_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, days: int, first: Act, second: Act, words: str
) -> None:
    with committed(app):
        cast = make_cast()
        other = make_account("berta@example.org")
        make_grant(other, Role.ADMINISTRATOR, cast.company)
        units = {unit.code: unit.id for unit in (cast.north, cast.south, cast.n1, cast.n2, cast.s1)}
        clients = signed_in(app, cast.adam), signed_in(app, other)
        steps = []
        for client, (code, act, values) in zip(clients, (first, second), strict=True):
            address = f"/people/units/{units[code]}/changes/{act}"
            given = values | {"day": in_days(days).isoformat()}
            seen = client.post(f"{address}/preview", data=given)
            assert seen.status_code == 200, seen.text
            steps.append((client, address, given, digest_in(seen.text)))
        place = Meeting()
        meet_at_call(monkeypatch, carrying_out, "foresee", place)
        answers = together(*(lambda step=step: confirmed(*step) for step in steps))
        assert not place.happened, "both looked at the chart before one of them had changed it"
        assert [answer.status_code for answer in answers].count(302) == 1
        refused = next(answer for answer in answers if answer.status_code != 302)
        assert refused.status_code in (409, 422)
        assert words in refused.text or GONE in refused.text
        assert db.session.scalar(sa.select(sa.func.count(Reorganisation.id))) == 1
        for day in (in_days(0), in_days(10)):
            assert_is_a_tree(tree_on(day), cast.company.id)


def assert_is_a_tree(parents: dict[int, int | None], root: int) -> None:
    assert [unit_id for unit_id, parent in parents.items() if parent is None] == [root]
    for unit_id in parents:
        seen: set[int] = set()
        above: int | None = unit_id
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = parents[above]
