"""What we accept about roles and deputies: days as people say them, first and last, both included."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, stripped
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.people.actions.deputies import LONGEST
from app.people.actions.roles import Term
from app.people.forms.fields import NEEDED, TOO_LONG
from app.people.models import Grant
from app.people.wording.names import ROLES, may_words

DAY = timedelta(days=1)
LAST = date(9999, 12, 30)  # the day after it must still be a day
PAST = _l("Choose today or a later day: what was is not changed.")


class RoleChoice(Form):
    """Before the term, so that mistakes are listed in the order of the page."""

    role = SelectField(_l("Role"), validators=[InputRequired(NEEDED)])


class TermForm(Form):
    """From a first to a last day, and why."""

    first_day = DateField(_l("First day"), validators=[InputRequired(NEEDED)])
    last_day = DateField(
        _l("Last day"),
        description=_l("Still holds on this day. Leave it empty where no end is known."),
        validators=[Optional()],
    )
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=200, message=TOO_LONG)],
    )
    today = date.min  # set by the view

    def validate_first_day(self, field: Field) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(PAST)

    def validate_last_day(self, field: Field) -> None:
        if field.data and field.data > LAST:
            raise ValidationError(_l("This day is too far away. Leave the field empty where no end is known."))
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_l("The last day is before the first."))

    def term(self) -> Term:
        last = self.last_day.data
        return Term(self.first_day.data, last + DAY if last else None, self.reason.data)


class RoleForm(RoleChoice, TermForm):
    def offer(self, held: Iterable[Role], *, is_company: bool) -> None:
        """Roles that somebody with these may give somewhere; on this very unit is asked when it is given."""
        givers = [ROLE_PERMISSIONS[role] for role in held if Permission.ROLE_GRANT in ROLE_PERMISSIONS[role]]
        roles = [role for role in ROLES if role is not Role.EMPLOYEE]
        offered = [role for role in roles if any(ROLE_PERMISSIONS[role] <= giver for giver in givers)]
        words = {role: f"{ROLES[role]}: {may_words(role, is_company=is_company)}" for role in offered}
        self.role.choices = [SelectChoice("", ""), *(SelectChoice(role.value, words[role]) for role in offered)]


class EndForm(Form):
    last_day = DateField(
        _l("Last day"),
        description=_l("Still holds on this day. Leave it empty to end the role now."),
        validators=[Optional()],
    )
    reason = StringField(
        _l("Why"), filters=[stripped], validators=[DataRequired(NEEDED), Length(max=200, message=TOO_LONG)]
    )
    today = date.min

    def validate_last_day(self, field: Field) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(PAST)
        if field.data and field.data > LAST:
            raise ValidationError(_l("This day is too far away."))

    def ends_on(self) -> date:
        return self.last_day.data + DAY if self.last_day.data else self.today


class DeputyForm(TermForm):
    last_day = DateField(
        _l("Last day"), description=_l("The last day of the absence."), validators=[InputRequired(NEEDED)]
    )
    reason = StringField(
        _l("Note"),
        description=_l("Read by the deputy and by those who give roles. Do not write why somebody is ill."),
        filters=[stripped],
        validators=[Length(max=200, message=TOO_LONG)],
    )
    roles = SelectMultipleField(
        _l("Stands in as"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[DataRequired(_l("Tick one role at least."))],
    )

    def offer(self, grants: Iterable[Grant]) -> None:
        self.roles.choices = [SelectChoice(each.id, f"{ROLES[each.role]} · {each.unit.name}") for each in grants]

    def validate_last_day(self, field: Field) -> None:
        super().validate_last_day(field)
        if field.data and self.first_day.data and (field.data - self.first_day.data).days >= LONGEST:
            raise ValidationError(
                _l("An absence of more than a year is not for a deputy: give the role to somebody else.")
            )
