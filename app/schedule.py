"""What runs by itself, and when, by the company's clock. `flask jobs list` prints it."""

from app.core.timer import Scheduled

TABLE = (
    # Versions of units that begin or end today take effect. Soon: until then who works here is not counted.
    Scheduled("people.refresh_tree", hour=0, minute=1),
    Scheduled("audit.log_head", hour=0, minute=10),
    # After `flask keys rotate`: otherwise there is nothing to do.
    Scheduled("keeping.seal_anew", hour=2, minute=5),
    # While few are there, and before anything is cleared away.
    Scheduled("keeping.back_up", hour=2, minute=15),
    Scheduled("people.forget_sessions", hour=3, minute=10),
    Scheduled("jobs.forget_done", hour=3, minute=20),
    Scheduled("imports.forget_files", hour=3, minute=30),
    # People who left long ago are erased, old values go from the log; the list of erasures is kept beside the database.
    Scheduled("privacy.forget", hour=3, minute=35),
    Scheduled("database.wipe_log", hour=3, minute=40),
    Scheduled("keeping.rehearse", hour=4, minute=15),
)
