"""One import: its file, its mapping, what a dry run found, and whether its rows are visible."""

from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.apart import ReadAs
from app.core.imports import Left, Message
from app.core.kinds import kinds_by_name, kinds_for
from app.core.outside import Outside, Why
from app.core.permissions import Permission
from app.extensions import Base

if TYPE_CHECKING:
    from app.people.models import Account


class ImportStatus(StrEnum):
    UPLOADED = "uploaded"  # a file, not yet mapped
    CHECKING = "checking"  # the dry run waits or runs in the worker
    CHECKED = "checked"  # the dry run is done; nothing has been written
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


_IS_WRITTEN = sa.text("status IN ('loading', 'undoing')")


class DataImport(Base):
    """Rows that an import brought carry its id and count only once `visible_at` is set: it appears whole."""

    __tablename__ = "data_import"
    # One load or undo of a kind at a time: two would each take the other's rows for not yet there.
    __table_args__ = (
        sa.Index(
            "uq_data_import_loading_kind",
            "kind",
            unique=True,
            sqlite_where=_IS_WRITTEN,
            postgresql_where=_IS_WRITTEN,
        ),
        {"sqlite_autoincrement": True},  # the log speaks of an import by its number after it is gone
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    status: Mapped[ImportStatus]
    file_name: Mapped[str] = mapped_column(sa.String(255))
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    file_size: Mapped[int] = mapped_column(default=0)
    mapping: Mapped[str] = mapped_column(sa.Text, default="")  # TOML, as it is saved to a file
    headers_digest: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")  # of all of the file's
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    skipped_count: Mapped[int] = mapped_column(default=0)
    waiting_count: Mapped[int] = mapped_column(default=0, server_default="0")  # rows whose unit nobody knows yet
    left_out_count: Mapped[int] = mapped_column(default=0, server_default="0")  # rows of units that are not ours
    loaded_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    load_started_at: Mapped[datetime | None]  # a load that finds it set follows one that was cut short
    visible_at: Mapped[datetime | None] = mapped_column(index=True)
    failure: Mapped[dict[str, Any] | None]  # {"messages": [a Message as a dictionary, …]}
    read_as: Mapped[dict[str, Any] | None]  # {"rows": how many, "first": [a ReadAs as a dictionary, …]}
    # The import whose waiting rows these are: it is shown, undone and forgotten with that one, and listed nowhere.
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("data_import.id"), index=True)
    remarks: Mapped[dict[str, Any] | None]  # {"count": how many, "first": [{"line": 2, "message": a Message}, …]}
    # By reason (`outside.Why`): {"count": how many, "first": [{"line": 2, "text": "Total", "is_taken": false}, …]}
    outside: Mapped[dict[str, Any] | None]
    question: Mapped[dict[str, Any] | None]  # a Question as a dictionary; gone once it is answered and the rows are in
    # A token brought, mapped or accepted it: it may do less than its owner, who was not asked for a password.
    by_program: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    answered_count: Mapped[int | None]  # to how many somebody said yes
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    undone_count: Mapped[int] = mapped_column(default=0)
    left: Mapped[dict[str, Any] | None]  # {"count": …, "first": [a Left as a dictionary, …]}: what an undo left

    created_by: Mapped["Account | None"] = relationship(foreign_keys=[created_by_id], viewonly=True)
    undone_by: Mapped["Account | None"] = relationship(foreign_keys=[undone_by_id], viewonly=True)

    @property
    def failures(self) -> list[Message]:
        """Why it could not go on, one sentence each."""
        return [Message(**each) for each in (self.failure or {}).get("messages", ())]

    @property
    def remark_count(self) -> int:
        return int((self.remarks or {}).get("count", 0))

    @property
    def remarked(self) -> list[tuple[int, str]]:
        """The first accepted rows that somebody should look at, in the reader's language."""
        first = (self.remarks or {}).get("first", ())
        return [(each["line"], Message(**each["message"]).text()) for each in first]

    def lines_outside(self, why: Why) -> list[Outside]:
        """The first lines that are no rows of the table, or look like none."""
        first = (self.outside or {}).get(why, {"first": ()})["first"]
        return [Outside(why=why, **each) for each in first]

    def count_outside(self, why: Why) -> int:
        return int((self.outside or {}).get(why, {"count": 0})["count"])

    @property
    def asks_about(self) -> int:
        """How many people or units somebody must say yes to before a row is written; 0: nothing is asked."""
        return int((self.question or {}).get("count", 0))

    @property
    def asked(self) -> str:
        """In the reader's language."""
        return Message(**self.question["message"]).text() if self.question else ""

    @property
    def yes_words(self) -> str:
        """What stands beside the tick, in the reader's language; "" where the page has words of its own."""
        yes = (self.question or {}).get("yes")
        return Message(**yes).text() if yes else ""

    @property
    def yes_option(self) -> str:
        return str((self.question or {}).get("option", "--yes-they-leave"))

    @property
    def accepted_count(self) -> int:
        """Rows that the dry run would let in."""
        return self.new_count + self.changed_count + self.unchanged_count

    @property
    def shown(self) -> str:
        """Names what the page of the dry run says: how the file is read, and what was found. No secret."""
        found = (self.row_count, self.new_count, self.changed_count, self.unchanged_count, self.refused_count)
        aside = (self.skipped_count, self.waiting_count, self.left_out_count)
        return blake2b(repr((self.mapping, found, aside)).encode(), digest_size=16).hexdigest()

    @property
    def changes_something(self) -> bool:
        """Rows come in, or are kept until their unit is known."""
        return self.new_count + self.changed_count + self.waiting_count > 0

    @property
    def is_worth_accepting(self) -> bool:
        """Something would come in, or be kept until its unit is known."""
        return self.accepted_count + self.waiting_count > 0

    @property
    def readings(self) -> list[ReadAs]:
        """The first of the units that were read by an earlier decision."""
        return [ReadAs(**each) for each in (self.read_as or {}).get("first", ())]

    @hybrid_property
    def is_visible(self) -> bool:
        """Its rows are seen: all at once with one flip, and none of them before or after."""
        return self.visible_at is not None

    @is_visible.inplace.expression
    @classmethod
    def _is_visible(cls) -> sa.ColumnElement[bool]:
        return cls.visible_at.is_not(None)

    @property
    def is_at_work(self) -> bool:
        is_undoing = self.status is ImportStatus.UNDOING and self.failure is None
        return is_undoing or self.status in (ImportStatus.CHECKING, ImportStatus.LOADING)

    @property
    def may_be_undone(self) -> bool:
        """Done; or begun to be undone, and stuck in the midst of it."""
        return self.status is ImportStatus.DONE or (self.status is ImportStatus.UNDOING and self.failure is not None)

    @property
    def left_things(self) -> list[Left]:
        """The first of what the undo left as it is."""
        first = (self.left or {}).get("first", ())
        return [Left(**{**each, "message": Message(**each["message"])}) for each in first]

    @property
    def left_count(self) -> int:
        return int((self.left or {}).get("count", 0))

    @property
    def may_be_loaded(self) -> bool:
        """Checked, or failed while its rows were written: it can be tried again and ends with the right rows."""
        cut_short = self.status is ImportStatus.FAILED and self.load_started_at is not None
        return self.status is ImportStatus.CHECKED or cut_short

    @property
    def may_be_set_aside(self) -> bool:
        return not self.is_at_work and self.load_started_at is None

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["DataImport"]:
        """One's own, and all of a kind for whoever may bring that kind for the whole company.

        To act on an import one must still be allowed to bring its kind.
        """
        wholly = [kind.name for kind in kinds_for(person) if person.holds_on_company(kind.permission)]
        reachable = sa.and_(cls.follows_id.is_(None), sa.or_(cls.created_by_id == person.id, cls.kind.in_(wholly)))
        if permission is None:
            return sa.select(cls).where(reachable)
        return sa.select(cls).where(reachable, cls.kind.in_([kind.name for kind in kinds_for(person)]))


class ImportRefusal(Base):
    __tablename__ = "import_refusal"
    # Cells of a file that may hold single answers, to be mended now: no backup holds them.
    __table_args__ = (
        sa.Index("ix_import_refusal_import_id_line", "import_id", "line"),
        {"info": {"backup": False}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"))
    line: Mapped[int]
    column: Mapped[str] = mapped_column(sa.String(60))
    value: Mapped[str] = mapped_column(sa.String(200))
    message: Mapped[dict[str, Any]]  # a Message, so that each reader gets it in their own language

    @property
    def reason(self) -> str:
        return Message(**self.message).text()


class WaitingName(Base):
    """What rows of an import say of a unit that nobody knows, and how many they are.

    After the dry run only these are here, to be counted and decided; the rows themselves wait once it is accepted.
    """

    __tablename__ = "waiting_name"
    # How many answered in a unit, before any threshold: no backup holds it.
    __table_args__ = (
        sa.UniqueConstraint("import_id", "key", "part"),
        sa.Index("ix_waiting_name_key", "key"),
        {"info": {"backup": False}, "sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("data_import.id"))
    key: Mapped[str] = mapped_column(sa.String(32))  # of `UnitWords`
    part: Mapped[str] = mapped_column(sa.String(120), default="")
    code: Mapped[str] = mapped_column(sa.String(200))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    above: Mapped[str] = mapped_column(sa.String(200), default="")
    row_count: Mapped[int] = mapped_column(default=0)
    first_day: Mapped[date]
    last_day: Mapped[date]
    decided_at: Mapped[datetime | None]  # its rows are to come in
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    source: Mapped[DataImport] = relationship(viewonly=True)

    @property
    def told(self) -> str:
        return " · ".join(filter(None, (self.code, self.name, self.above)))

    @classmethod
    def visible_to(cls, person: "Account", permission: Permission | None = None) -> sa.Select["WaitingName"]:
        """Those of imports that one reaches; of a private kind only of one's own: they tell how many answered."""
        reached = DataImport.visible_to(person, permission).with_only_columns(DataImport.id)
        private = [kind.name for kind in kinds_by_name().values() if kind.is_private]
        mine = reached.where(sa.or_(DataImport.kind.not_in(private), DataImport.created_by_id == person.id))
        return sa.select(cls).where(cls.import_id.in_(mine))


class WaitingRow(Base):
    """A row that is good but for its unit: its cells by our columns, kept until somebody decides."""

    __tablename__ = "waiting_row"
    # It may hold a single answer, which is destroyed once its draft is published: no backup holds it.
    __table_args__ = (
        sa.Index("ix_waiting_row_name_id_taken_by_id", "name_id", "taken_by_id"),
        {"info": {"backup": False}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_name.id"))
    line: Mapped[int]
    values: Mapped[dict[str, Any]]  # what is empty is left out
    # The follower that has it: it waits no more once that one is visible, and again if that one is given up.
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("data_import.id"))
