"""Taking back an import of people: who came with it goes, who was changed is again as before, unless something came
since. All in one transaction, as the import was: half of it would leave people under managers who are gone.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core import company_time
from app.core.database import some_of
from app.core.imports import N_, Forecast, Message, UndoContext
from app.core.permissions import Permission
from app.extensions import db
from app.people.actions.administrators import never_without_administrator
from app.people.actions.granting import Rights
from app.people.actions.import_writes import PERSON, State, employee_states
from app.people.actions.leavers import end_grant, settle_last_days
from app.people.actions.roster import Bringing, Person, PersonChange, Work, write_people
from app.people.actions.roster.removing import Removal, remove_accounts, remove_people
from app.people.days.managers import is_above_itself
from app.people.days.timeline import Span, Timeline, covers
from app.people.imports import undo_words as words
from app.people.imports.hanging import ROLES, hanging_on
from app.people.imports.roster import Roster, key_of_id, roster_now
from app.people.models import Account, Grant, ImportWrite, units_where

REMOVED = N_("People whom the import brought, and who go: %(count)s.")
RESTORED = N_("People who become again what they were before: %(count)s.")
BACK = N_("People who work here again, without the roles that ended with their last day: %(count)s.")
ENDED = N_("Roles that the import gave, and that end today: %(count)s.")
# Their own rows. Who leads whom is judged by everybody's work as it would be.
OF_PERSON = ("assignment.employee_id", "assignment.line_manager_id", "account.employee_id",
             "employee_word.employee_id", "import_write.employee_id")  # fmt: skip
OF_ACCOUNT = ("role_grant.account_id",)


class EmployeeUndoing:
    def __init__(self, context: UndoContext) -> None:
        self._context = context
        self._today = company_time.day_of(context.now)

    def barred(self) -> Message | None:
        return words.barred(self._context.import_id)

    def forecast(self) -> Forecast:
        if not self._judge():
            return Forecast(refusal=words.NOT_WRITTEN)
        changed = [write for write in self._undone.values() if write.before is not None]
        back = sum(self._has_left(write.after) and not self._has_left(write.before) for write in changed)
        counted = (
            (REMOVED, len(self._undone) - len(changed)),
            (RESTORED, len(changed)),
            (BACK, back),
            (ENDED, len(self._grants())),
        )
        left = words.left("employee", [(write.employee_id or 0, write, why) for write, why in self._kept], self._named)
        return Forecast(words.told(counted), left, count=len(self._undone))

    def _has_left(self, state: State | None) -> bool:
        ends_on = dict(zip(PERSON, state["person"], strict=True))["ends_on"] if state else None
        return ends_on is not None and date.fromisoformat(ends_on) <= self._today

    def _judge(self) -> bool:
        wanted = sa.select(ImportWrite).where(ImportWrite.import_id == self._context.import_id)
        found = db.session.scalars(wanted.order_by(ImportWrite.line))
        writes = {write.employee_id: write for write in found if write.employee_id}
        if not writes:
            return False
        self._undone: dict[int, ImportWrite] = {}
        self._kept: list[tuple[ImportWrite, Message]] = []
        self._roster = roster_now(self._today)
        bounds = _Bounds(self._context.actor_id, self._today, self._roster)
        states, hanging = employee_states(writes), self._hanging(writes)
        for employee_id, write in writes.items():
            changed = None if states.get(employee_id) == write.after else words.CHANGED
            reason = changed or hanging.get(employee_id) or bounds.against(write) or self._in_the_way(write)
            if reason is None:
                self._undone[employee_id] = write
            else:
                self._kept.append((write, reason))
        self._settle()
        return True

    def _hanging(self, writes: Mapping[int, ImportWrite]) -> dict[int, Message]:
        """On people who would go, and on accounts that would."""
        found = hanging_on("employee", [each for each, write in writes.items() if write.before is None], OF_PERSON)
        owners = {write.made["account"]: each for each, write in writes.items() if write.made.get("account")}
        for account_id, reason in hanging_on("account", owners, OF_ACCOUNT).items():
            found.setdefault(owners[account_id], words.PERSON_ROLES if reason is ROLES else reason)
        given = {grant_id for write in writes.values() for grant_id in write.made.get("grants", ())}
        for some in some_of(owners):
            of_others = sa.select(Grant.account_id, Grant.id, Grant.ended_at).where(Grant.account_id.in_(some))
            for account_id, grant_id, ended_at in db.session.execute(of_others):
                if grant_id not in given or ended_at is not None:
                    found.setdefault(owners[account_id], words.PERSON_ROLES)
            closed = sa.select(Account.id).where(Account.id.in_(some), Account.disabled_at.is_not(None))
            for account_id in db.session.scalars(closed):
                found.setdefault(owners[account_id], words.CHANGED)
        return found

    def _in_the_way(self, write: ImportWrite) -> Message | None:
        """Of what somebody was before: what it says may be another's now, or no longer be there."""
        if write.before is None:
            return None
        was, own = _person(write.before), key_of_id(write.employee_id or 0)
        by_number = self._roster.by_number.get((was.number or "").casefold(), own)
        by_email = self._roster.by_email.get(was.email or "", own)
        if {by_number, by_email} != {own} or was.email in self._roster.loose_accounts:
            return words.TAKEN
        work = _work(write.before)
        if not {span.value.manager for span in work.values()} - {None} <= self._roster.people.keys():
            return words.GONE_MANAGER
        keys = {unit_id: key for key, unit_id in self._roster.tree.ids.items()}
        for start, span in work.items():
            unit = self._roster.tree.versions.get(keys.get(span.value.unit_id, ""), {})
            if self._roster.work.get(own, {}).get(start) != span and not covers(unit, start, span.ends_on):
                return words.CLOSED
        return None

    def _settle(self) -> None:
        """What stays may need whom would go: judged again until everybody's work stands together."""
        while True:
            self._work = dict(self._roster.work)
            for employee_id, write in self._undone.items():
                self._work[key_of_id(employee_id)] = _work(write.before)
            blamed = self._blamed()
            if not blamed:
                return
            for employee_id, reason in blamed.items():
                self._kept.append((self._undone.pop(employee_id), reason))

    def _blamed(self) -> dict[int, Message]:
        going = {key_of_id(each): each for each, write in self._undone.items() if write.before is None}
        leading = {span.value.manager for work in self._work.values() for span in work.values()}
        found = {going[key]: words.LEADS for key in going.keys() & leading}
        for employee_id in self._undone.keys() - found.keys():
            key = key_of_id(employee_id)
            if is_above_itself(key, self._managers(key), self._managers):
                found[employee_id] = words.LOOP
        return found

    def _managers(self, key: str) -> Timeline[str | None]:
        return {start: Span(span.ends_on, span.value.manager) for start, span in self._work.get(key, {}).items()}

    def _named(self, employee_id: int) -> str:
        person = self._roster.people[key_of_id(employee_id)]
        return f"{person.name} ({person.number})" if person.number else person.name

    def undo(self) -> Iterator[int]:
        by = Bringing(self._context.actor_id, self._context.now, self._today)
        with never_without_administrator(self._today):
            self.forecast()
            changed = {each: write for each, write in self._undone.items() if write.before is not None}
            self._untie(changed)
            write_people([self._change(each, write) for each, write in changed.items()], self._roster.ids, by)
            for grant in self._grants():
                end_grant(grant, self._today, by, "undone")
            settle_last_days(by, [each for each, write in changed.items() if self._has_left(write.before)])
            remove_people([_removal(write) for write in self._undone.values() if write.before is None], by)
            words.forget_writes_of(self._context.import_id)
        yield len(self._undone)

    def _untie(self, changed: Mapping[int, ImportWrite]) -> None:
        """Accounts that people got by the import: one that was made goes, another is again nobody's here."""
        without = [write for write in changed.values() if write.before and not write.before["account"]]
        got = {write.after["account"] for write in without} - {None}
        made = {write.made["account"] for write in without if write.made.get("account")}
        remove_accounts(made)
        for some in some_of(got - made):
            untied = sa.update(Account).where(Account.id.in_(some)).values(employee_id=None)
            db.session.execute(untied.execution_options(synchronize_session=False))

    def _change(self, employee_id: int, write: ImportWrite) -> PersonChange:
        key, before = key_of_id(employee_id), write.before or {}
        return PersonChange(
            key=key,
            employee_id=employee_id,
            account_id=before["account"],
            before=self._roster.people[key],
            after=_person(before),
            work_before=self._roster.work.get(key, {}),
            work_after=self._work[key],
        )

    def _grants(self) -> list[Grant]:
        """On accounts that stay, even if their people go; those of an account that goes go with it."""
        writes = self._undone.values()
        ids = [each for write in writes if not write.made.get("account") for each in write.made.get("grants", ())]
        found: list[Grant] = []
        for some in some_of(ids):
            found += db.session.scalars(sa.select(Grant).where(Grant.id.in_(some), Grant.ended_at.is_(None))).all()
        return found


class _Bounds:
    """Whose import of people the actor may take back: as whose they may bring."""

    def __init__(self, actor_id: int | None, today: date, roster: Roster) -> None:
        actor = db.session.get_one(Account, actor_id) if actor_id else None
        self._rights, self._roster = Rights(actor, today), roster
        whole = actor is None or actor.holds_on_company(Permission.EMPLOYEE_IMPORT)
        self._reach = None if whole or actor is None else _reach_of(actor)

    def against(self, write: ImportWrite) -> Message | None:
        states = [state for state in (write.before, write.after) if state]
        units = {span.value.unit_id for state in states for span in _work(state).values()}
        if self._reach is not None and not units <= self._reach:
            return words.PERSON_NOT_YOURS
        account_id = write.after["account"]
        if account_id is None or not _touches_entry(write):
            return None
        held = self._roster.rights.get(account_id, set())
        if self._rights.is_actor(account_id) or self._rights.outrank(held, of=account_id):
            return None
        return words.MORE_RIGHTS


def _reach_of(actor: Account) -> set[int]:
    return set(db.session.scalars(units_where(actor, Permission.EMPLOYEE_IMPORT)))


def _touches_entry(write: ImportWrite) -> bool:
    if write.before is None or write.before["account"] != write.after["account"] or write.made.get("grants"):
        return True
    was, became = _person(write.before), _person(write.after)
    return (was.email, was.ends_on) != (became.email, became.ends_on)


def _removal(write: ImportWrite) -> Removal:
    units = frozenset(span.value.unit_id for span in _work(write.after).values())
    return Removal(write.employee_id or 0, write.made.get("account"), units)


def _person(state: State) -> Person:
    told = dict(zip(PERSON, state["person"], strict=True))
    return Person(**(told | {"starts_on": _day(told["starts_on"]), "ends_on": _day(told["ends_on"])}))


def _work(state: State | None) -> dict[date, Span[Work]]:
    """Of nobody nothing: who goes has worked nowhere."""
    spans = {}
    for start, end, unit_id, job, manager_id in (state or {"work": []})["work"]:
        work = Work(unit_id, job, key_of_id(manager_id) if manager_id else None)
        spans[date.fromisoformat(start)] = Span(_day(end), work)
    return spans


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
