"""What the first-run page and the settings of the company accept."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, stripped
from app.core.installation import THRESHOLD_DEFAULT, THRESHOLD_FLOOR
from app.core.locales import NAMES
from app.people.actions.accounts import password_fault
from config import LANGUAGES


class CompanyForm(Form):
    """What the company is called and how it counts."""

    company_name = StringField(_l("Name of the company"), [DataRequired(), Length(max=200)], filters=[stripped])
    languages = SelectMultipleField(
        _l("Languages of the company"),
        [DataRequired(_l("Choose at least one language."))],
        choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES],
        default=list(LANGUAGES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    time_zone = SelectField(_l("Time zone"), default="Europe/Warsaw")
    reporting_threshold = IntegerField(
        _l("Reporting threshold"),
        [InputRequired(), NumberRange(THRESHOLD_FLOOR, 50, _l("Choose a number from 5 to 50."))],
        default=THRESHOLD_DEFAULT,
        description=_l(
            "The smallest group of employees of which a number is shown. Below 5 a number is soon a person, so nobody "
            "can set it lower; 7 protects better. It holds for results that are published from now on."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.time_zone.choices = [SelectChoice(zone, zone) for zone in zones]


class FirstCompanyForm(CompanyForm):
    """The company, and its first administrator."""

    name = StringField(_l("Your name"), [DataRequired(), Length(max=200)], filters=[stripped])
    email = StringField(
        _l("Your e-mail address"),
        [DataRequired(), Length(max=254)],
        filters=[stripped],
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        _l("A password"),
        [InputRequired(), Length(12, 256, _l("A password has 12 to 256 characters. A short sentence is a good one."))],
        description=_l("At least 12 characters. A short sentence is a good password; no special characters needed."),
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """Here, and not only when the account is made: a refusal there would eat what was typed."""
        own_words = (self.email.data or "", self.name.data or "", self.company_name.data or "")
        fault = None if field.errors else password_fault(field.data or "", own_words)
        if fault:
            raise ValidationError(fault)
