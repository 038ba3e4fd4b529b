"""What we accept from whoever comes in by a link or a slip, or asks for one."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.core.forms import Form, stripped
from app.people.forms.fields import NEEDED, TOO_LONG
from app.people.forms.own_settings import LanguageForm, NewPasswordForm, TimeZoneForm
from app.people.forms.sign_in import SignInForm


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
