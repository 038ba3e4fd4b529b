"""What we accept about the second factor: codes, and who needs or loses one."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, stripped
from app.people.forms.fields import NEEDED, TOO_LONG


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
