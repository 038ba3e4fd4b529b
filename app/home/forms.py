"""What the first-run page and the settings of the company accept."""

import re

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import settings
from app.core.alphabet import alphabetical
from app.core.forms import Form, stripped
from app.core.installation import THRESHOLD_DEFAULT, THRESHOLD_FLOOR
from app.core.locales import NAMES
from app.core.mail import MailSecurity
from app.core.mail.server import has_password
from app.core.time_zones import TimeZoneField
from app.people.actions.accounts import password_fault
from config import LANGUAGES, is_loopback

ADDRESS = re.compile(r"[^@\s\"<>()\[\],;:\\]+@[^@\s\"<>()\[\],;:\\]+")


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
    time_zone = TimeZoneField(_l("Time zone"), default="Europe/Warsaw")
    country = SelectField(
        _l("Country"),
        default="",
        description=_l("For public holidays and weekends, where a unit has no country of its own."),
    )
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
        self.time_zone.offer(str(self.time_zone.data or ""))
        self.country.choices = [SelectChoice("", str(_l("As the time zone says"))), *_countries()]


# In the CLDR beside countries: unknown, parts of the world, unions, and what tests of translations use.
NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))


def _countries() -> list[SelectChoice]:
    """In the reader's language and its order."""
    names = (get_locale() or Locale("en")).territories
    known = [(code, str(name)) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    known = [(code, name) for code, name in known if code not in NO_COUNTRIES]
    return [SelectChoice(code, name) for code, name in sorted(known, key=lambda each: alphabetical(each[1]))]


class SettingsForm(CompanyForm):
    """The company later on, with what the first day has no need to decide."""

    hides_changed_teams = BooleanField(
        _l("Small teams whose people changed stay hidden"),
        description=_l(
            "With fewer than 10 answers, one person who joins or leaves moves a team's score visibly. So such a team "
            "is not shown for a period in which a few people joined or left it: at least one, but fewer than the "
            "threshold. Without this small teams are seen more often, and what new colleagues answered is easier to "
            "guess."
        ),
    )


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


class MailForm(Form):
    """By which server mail leaves. Without a server there is none."""

    host = StringField(
        _l("Name of the server"),
        [Length(max=253), Regexp(r"[A-Za-z0-9.:-]*$", message=_l("Write its name, such as mail.example.org."))],
        filters=[stripped],
        description=_l("Such as mail.example.org. Leave it empty to send no mail."),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    port = IntegerField(
        _l("Port"), [InputRequired(), NumberRange(1, 65535, _l("Choose a number from 1 to 65535."))], default=587
    )
    security = SelectField(
        _l("Encryption"),
        choices=[
            SelectChoice(MailSecurity.STARTTLS.value, _l("STARTTLS, usually port 587")),
            SelectChoice(MailSecurity.TLS.value, _l("TLS, usually port 465")),
            SelectChoice(MailSecurity.NONE.value, _l("none, for a server on this machine or in a network of your own")),
        ],
    )
    user = StringField(
        _l("User name at the mail server"),
        [Length(max=254)],
        filters=[stripped],
        description=_l("Leave it empty where the server asks for none."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password at the mail server"),
        [Length(max=256)],
        description=_l("Kept encrypted and never shown. Leave it empty to keep the one that is there."),
        render_kw={"autocomplete": "new-password"},
    )
    sender = EmailField(
        _l("Sender's address"),
        [Length(max=254)],
        filters=[stripped],
        description=_l("The address that mail comes from, such as rezonans@example.org."),
    )

    def validate_sender(self, field: EmailField) -> None:
        if self.host.data and not ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_l("Write an e-mail address, such as rezonans@example.org."))

    def validate_security(self, field: SelectField) -> None:
        if field.data == MailSecurity.NONE.value and self.user.data and not is_loopback(self.host.data or ""):
            raise ValidationError(_l("Without encryption the password would travel open. Choose STARTTLS or TLS."))

    def validate_password(self, field: PasswordField) -> None:
        """The stored one goes to the server and the user it was given for, and to nobody else."""
        is_another = any(settings.company(f"mail_{name}") != self[name].data for name in ("host", "port", "user"))
        if self.user.data and not field.data and is_another and has_password():
            raise ValidationError(_l("The server or the user is another one, so type the password again."))
