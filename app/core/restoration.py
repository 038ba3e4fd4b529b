"""What a restored copy must not do by itself: send (security.md G2).

People were told long ago, or by the original that still runs. So what leaves the house waits until somebody who has
looked lets it go again; that the installation was restored, and who let go, are rows.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import audit
from app.core.database import rows_changed
from app.extensions import Base, db

STOPPED = "Restored"  # what a job that waited in the copy failed of


class Restoration(Base):
    """This database was brought back from a backup. It says nothing about any other copy, so no backup holds it."""

    __tablename__ = "restoration"
    __table_args__ = {"info": {"backup": False}}

    id: Mapped[int] = mapped_column(primary_key=True)
    restored_at: Mapped[datetime]
    copied_at: Mapped[datetime]  # when the backup was made
    stopped_count: Mapped[int] = mapped_column(default=0)  # jobs that waited in the copy, and do not any more
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


def held() -> Restoration | None:
    """The restoration since which nothing is sent. Ask before anything leaves the house."""
    waiting = sa.select(Restoration).where(Restoration.released_at.is_(None)).order_by(Restoration.id.desc())
    return db.session.scalars(waiting.limit(1)).first()


def release(actor_id: int, now: datetime) -> int:
    """From now on it sends again; how many holds were ended (none when somebody else was quicker)."""
    open_holds = sa.update(Restoration).where(Restoration.released_at.is_(None))
    ended = rows_changed(open_holds.values(released_at=now, released_by_id=actor_id))
    if ended:
        audit.record("sending.released", "restoration", None, actor_id=actor_id)
    return ended
