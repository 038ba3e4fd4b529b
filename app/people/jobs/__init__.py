"""What runs by itself, or later, for people and units."""

from app.people.actions.unit_aliases import settle_words
from app.people.jobs.letters import give_up_change, give_up_way_in, send_way_in, tell_addresses, tell_change
from app.people.jobs.nightly import forget_sessions, refresh_tree

JOBS = {
    "people.refresh_tree": refresh_tree,
    "people.forget_sessions": forget_sessions,
    "people.send_way_in": send_way_in,
    "people.tell_addresses": tell_addresses,
    "people.tell_change": tell_change,
    "people.settle_words": settle_words,
}
GIVEN_UP = {"people.send_way_in": give_up_way_in, "people.tell_addresses": give_up_change}
