"""What we accept from whoever signs in with a name and a password."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.core.forms import Form, stripped
from app.people.credentials import passwords
from app.people.forms.fields import NEEDED, TOO_LONG


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
