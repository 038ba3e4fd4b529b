"""What the pages of privacy accept."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.forms import Form, stripped
from app.core.locales import NAMES
from app.core.retention import Rule
from app.privacy.settings import LONGEST


class ErasureForm(Form):
    reason = StringField(
        _l("Why"),
        [DataRequired(_l("Say why, for whoever asks later. Without the name.")), Length(max=200)],
        filters=[stripped],
        description=_l("For whoever asks later: “asked for it on 3 May”. Without the name."),
    )


class LegalForm(Form):
    """One field a language, made for each request."""

    @classmethod
    def for_languages(cls, languages: Iterable[str]) -> type["LegalForm"]:
        fields = {
            code: TextAreaField(
                NAMES[code], [Optional(), Length(max=LONGEST)], filters=[stripped], render_kw={"rows": 12, "lang": code}
            )
            for code in languages
        }
        return type("LegalTextForm", (cls,), fields)


class RetentionForm(Form):
    """One field a rule."""

    @classmethod
    def for_rules(cls, rules: Iterable[Rule]) -> type["RetentionForm"]:
        return type("RetentionRulesForm", (cls,), {rule.name: _days(rule) for rule in rules})


def _days(rule: Rule) -> Any:
    between = _l("Choose a number from %(low)d to %(high)d.", low=rule.floor, high=rule.ceiling)
    needed = Optional() if rule.is_optional else InputRequired(between)
    return IntegerField(
        rule.label,
        [needed, NumberRange(rule.floor, rule.ceiling, between)],
        description=rule.does,
        render_kw={"min": rule.floor, "max": rule.ceiling, "inputmode": "numeric"},
    )
