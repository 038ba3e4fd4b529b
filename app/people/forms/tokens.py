"""What we accept about tokens and the accounts of programs."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, stripped
from app.core.permission_words import SCOPES
from app.core.permissions import Permission
from app.people.actions.tokens import Wish
from app.people.forms.fields import NEEDED, TOO_LONG
from app.people.models.api_token import LONGEST_DAYS

USUAL_DAYS = 90


class TokenForm(Form):
    name = StringField(
        _l("Name"),
        description=_l("By which you will know it later: the program that uses it, and where."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=80, message=TOO_LONG)],
    )
    scopes = SelectMultipleField(
        _l("What it may do"),
        description=_l("It never reaches more than its owner may see at that moment."),
        validators=[InputRequired(_l("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    days = IntegerField(
        _l("Days until it ends"),
        description=_l("From 1 to %(most)s. Make a new one in time; two can be in force together.", most=LONGEST_DAYS),
        default=USUAL_DAYS,
        validators=[InputRequired(NEEDED)],
    )

    def offer(self, scopes: Collection[Permission]) -> None:
        offered = [scope for scope in SCOPES if scope in scopes]
        self.scopes.choices = [SelectChoice(scope.value, str(SCOPES[scope])) for scope in offered]

    def validate_days(self, field: IntegerField) -> None:
        """Not by WTForms' own NumberRange, which breaks over numbers of hundreds of digits."""
        if field.data is None or not 1 <= field.data <= LONGEST_DAYS:
            raise ValidationError(_l("Choose a number from %(least)s to %(most)s.", least=1, most=LONGEST_DAYS))

    def wish(self) -> Wish:
        return Wish(self.name.data, [Permission(scope) for scope in self.scopes.data], self.days.data)


class ServiceAccountForm(Form):
    name = StringField(
        _l("Name"),
        description=_l("Of the program, as it will stand in the audit log: “Payroll, nightly”."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=80, message=TOO_LONG)],
    )
