"""What we accept from people about themselves: a new password, and how they want to be spoken to."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from app.core.forms import Form
from app.core.locales import NAMES
from app.core.time_zones import TimeZoneField, zone_name
from app.people.credentials import passwords
from app.people.forms.fields import NEEDED, TOO_LONG

LOOKS = (
    ("auto", _l("as the system")),
    ("light", _l("light")),
    ("dark", _l("dark")),
    ("contrast", _l("high contrast")),
)


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


class LanguageForm(Form):
    language = SelectField(_l("Language"), choices=[SelectChoice(code, name) for code, name in NAMES.items()])


class TimeZoneForm(Form):
    time_zone = TimeZoneField(_l("Show times in"))

    def offer(self, companys: str) -> None:
        """The company's own zone first, as what holds while nothing is chosen."""
        self.time_zone.offer(companys, SelectChoice("", _("As the company: %(zone)s", zone=zone_name(companys))))


class ThemeForm(Form):
    theme = SelectField(_l("Look"), choices=[SelectChoice(code, words) for code, words in LOOKS])
