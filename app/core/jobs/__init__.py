"""Work that is done later: a row in `job` is the truth, Huey only carries its id (libraries.md part 2).

The row is written in the transaction of the data it belongs to; the id is handed over after the commit. A worker
claims the row with a lease and renews it while it works; the timer carries rows again whose lease is over, so the
carrier may lose anything and a worker may die at any line. What the work wrote last and that it is done are one commit.
"""

from app.core.jobs.binding import bind_jobs
from app.core.jobs.failing import ForGood, Later
from app.core.jobs.lost import bury, due
from app.core.jobs.models import LEASE, LONGEST_PAUSE, MOST_PUT_OFFS, OPEN, PAUSE, TRIES, Claim, Job, JobState, Lease
from app.core.jobs.queue import begin, carry, enqueue, enqueue_many, hold, hurry
from app.core.jobs.work import NotYet, claimed, end_turn, in_steps, perform, run, run_now, stopping, take_turn

__all__ = [
    "LEASE",
    "LONGEST_PAUSE",
    "MOST_PUT_OFFS",
    "OPEN",
    "PAUSE",
    "TRIES",
    "Claim",
    "ForGood",
    "Job",
    "JobState",
    "Later",
    "Lease",
    "NotYet",
    "begin",
    "bind_jobs",
    "bury",
    "carry",
    "claimed",
    "due",
    "end_turn",
    "enqueue",
    "enqueue_many",
    "hold",
    "hurry",
    "in_steps",
    "perform",
    "run",
    "run_now",
    "stopping",
    "take_turn",
]
