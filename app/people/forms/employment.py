"""What we accept about somebody's work here: joining, moving, leave, the last day, coming back, mending mistakes."""

import re
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core.forms import Form
from app.people import queries
from app.people.actions.employment.standing import key_of
from app.people.actions.roster import Person, Work
from app.people.forms.fields import NEEDED, Day, words_field
from app.people.models import LeaveKind
from app.people.wording.names import LEAVE_KINDS

EMAIL = re.compile(r"[^@\s\"<>()\[\],;:\\]+@[^@\s\"<>()\[\],;:\\]+")


class ActForm(Form):
    """`seen` names what stood on the page when it was looked at; `entry` the entry that is corrected."""

    seen = HiddenField()


class DetailsForm(ActForm):
    name = words_field(_l("Full name"), 200, required=True)
    number = words_field(_l("Employee number"), 60)
    email = words_field(
        _l("E-mail address"),
        254,
        hint=_l("By the address or the number one signs in; one of them is needed."),
        type="email",
    )

    def validate_email(self, field: Field) -> None:
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_l("This is not an e-mail address."))

    def validate_name(self, _field: Field) -> None:
        if not self.email.data and not self.number.data:
            raise ValidationError(
                _l("Give an e-mail address or an employee number: by one of them the person is known again.")
            )

    def person(self, known: Person | None = None, starts_on: date | None = None) -> Person:
        """Language and time zone are each person's own choice."""
        return Person(
            self.number.data or None,
            (self.email.data or "").casefold() or None,
            self.name.data,
            known.language if known else None,
            known.time_zone if known else None,
            known.starts_on if known else starts_on or date.min,
            known.ends_on if known else None,
        )


class WorkForm(ActForm):
    """Where somebody works, in which job and under whom, from a day on."""

    day = Day(_l("From"), [InputRequired(NEEDED)])
    unit = words_field(_l("Unit"), 200, required=True, hint=_l("Its code or name."), list="units")
    job = words_field(_l("Job"), 200)
    manager = words_field(
        _l("Line manager (e-mail address or number)"), 254, hint=_l("Empty: there is no line manager.")
    )
    unit_id: int = 0
    managers: dict[str, int] = {}

    def validate_unit(self, field: Field) -> None:
        found = queries.units_called(field.data)
        if not found:
            raise ValidationError(_l("No unit has this code or name."))
        if len(found) > 1:
            names = ", ".join(f"{unit.name} ({unit.code})" for unit in found)
            raise ValidationError(_("Several units fit; write the code of one: %(names)s.", names=names))
        self.unit_id = found[0].id

    def validate_manager(self, field: Field) -> None:
        manager = queries.employee_called(field.data)
        if manager is None:
            raise ValidationError(_l("Nobody here has this e-mail address or number."))
        self.managers = {key_of(manager.id): manager.id}

    def work(self) -> Work:
        return Work(self.unit_id, self.job.data or "", next(iter(self.managers), None))


class MoveForm(WorkForm):
    end_roles = BooleanField(
        _l("Roles given on the unit that is left end with the move"),
        default=True,
        description=_l("Without this a manager goes on seeing the numbers of the old unit."),
    )


class EntryForm(WorkForm):
    entry = HiddenField()

    @property
    def start(self) -> date | None:
        try:
            return date.fromisoformat(self.entry.data or "")
        except ValueError:
            return None


class AddForm(DetailsForm, WorkForm):
    day = Day(_l("First day"), [InputRequired(NEEDED)])


class LastDayForm(ActForm):
    last_on = Day(
        _l("Last day"), [InputRequired(NEEDED)], description=_l("The last day on which this person works here.")
    )

    @property
    def ends_on(self) -> date:
        return self.last_on.day + timedelta(days=1)


class LeaveForm(ActForm):
    starts_on = Day(_l("First day of leave"), [InputRequired(NEEDED)])
    last_on = Day(_l("Last day of leave"), [Optional()], description=_l("Empty: it is not known yet."))
    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, words) for kind, words in LEAVE_KINDS.items()],
        description=_l(
            "Nothing about anybody's health is kept here: illness is “other”, and there is no field for more."
        ),
    )

    def validate_last_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("The last day must not come before the first."))

    @property
    def ends_on(self) -> date | None:
        return self.last_on.data + timedelta(days=1) if self.last_on.data else None

    @property
    def chosen_kind(self) -> LeaveKind:
        return LeaveKind(self.kind.data)
