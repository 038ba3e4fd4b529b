"""What we accept from people about themselves."""

from functools import cache
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, stripped
from app.core.locales import NAMES
from app.people.credentials import passwords

NEEDED = _l("Please fill this in.")
TOO_LONG = _l("Use at most %(max)d characters.")
LOOKS = (
    ("auto", _l("as the system")),
    ("light", _l("light")),
    ("dark", _l("dark")),
    ("contrast", _l("high contrast")),
)


class SignInForm(Form):
    email = StringField(  # the name that browsers and their password stores know the field by
        _l("E-mail address or employee number"),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=254, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(NEEDED), Length(max=passwords.LONGEST, message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )


class ConfirmPasswordForm(Form):
    password = SignInForm.password


class NewPasswordForm(Form):
    new_password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(least)s characters. A few words with spaces are easy to remember and hard to guess.",
            least=passwords.SHORTEST,
        ),
        validators=[DataRequired(NEEDED)],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("New password again"),
        validators=[EqualTo("new_password", _l("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
    own_words: tuple[str, ...] = ()  # of the person and the company, set by the view

    def validate_new_password(self, field: PasswordField) -> None:
        fault = passwords.fault_of(field.data or "", self.own_words)
        if fault:
            raise ValidationError(fault)


class PasswordForm(NewPasswordForm):
    old_password = PasswordField(
        _l("Your password now"),
        validators=[DataRequired(NEEDED), Length(max=passwords.LONGEST, message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(Form):
    code = StringField(
        _l("Code from the app"),
        description=_l("Six digits, new every 30 seconds."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=20, message=TOO_LONG)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "value": ""},  # the next one is another
    )


class RecoveryCodeForm(Form):
    code = StringField(
        _l("Recovery code"),
        description=_l("24 letters and digits. Spaces and capitals do not matter."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=60, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class OwnCodeForm(Form):
    """Before the factor of somebody who is signed in changes: the one that holds now is asked for."""

    own_code = StringField(
        _l("Code that holds now"),
        description=_l("From your app, or one of your recovery codes."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=60, message=TOO_LONG)],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class ReplaceFactorForm(OwnCodeForm):
    code = CodeForm.code


class RemovalForm(Form):
    reason = StringField(
        _l("Reason"),
        description=_l("The person reads it at the next sign-in, and it stands in the audit log."),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=200, message=TOO_LONG)],
    )


class FactorRolesForm(Form):
    roles = SelectMultipleField(
        _l("Roles that need a second factor"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class LanguageForm(Form):
    language = SelectField(_l("Language"), choices=[SelectChoice(code, name) for code, name in NAMES.items()])


class TimeZoneForm(Form):
    time_zone = SelectField(_l("Show times in"))

    def offer(self, companys: str) -> None:
        """The company's own zone first, as what holds while nothing is chosen."""
        first = SelectChoice("", _l("As the company: %(zone)s", zone=companys))
        self.time_zone.choices = [first, *(SelectChoice(zone, zone.replace("_", " ")) for zone in time_zones())]


class ThemeForm(Form):
    theme = SelectField(_l("Look"), choices=[SelectChoice(code, words) for code, words in LOOKS])


@cache
def time_zones() -> tuple[str, ...]:
    """Places, nearest to home first: Europe, then the rest of the world."""
    places = [zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))]
    return tuple(sorted(places, key=lambda zone: (not zone.startswith("Europe/"), zone)))


class FirstEntryForm(NewPasswordForm, LanguageForm, TimeZoneForm):
    """The first sign-in: a password, and how one wants to be spoken to."""


class SlipCodeForm(Form):
    code = StringField(
        _l("Code from the slip"),
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=60, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class NameForm(Form):
    """Who asks for a new password."""

    name = SignInForm.email
