"""What we accept about the days of a unit: its own days off, and the days of the week that it works."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.people.actions.calendar import DayWish
from app.people.forms.fields import NEEDED, Day, words_field


class OwnDayForm(Form):
    day = Day(_l("Day"), [InputRequired(NEEDED)])
    name = words_field(_l("What it is called"), 200, required=True)
    is_worked = BooleanField(
        _l("It is worked that day, though it would be off"),
        description=_l("For a Saturday that is made up for, or a shop that opens on a Sunday."),
    )

    def wish(self) -> DayWish:
        return DayWish(self.day.day, self.name.data or "", bool(self.is_worked.data))


class WeekForm(Form):
    starts_on = Day(_l("From"), [InputRequired(NEEDED)])
    weekdays = SelectMultipleField(
        _l("Days of the week that are worked"),
        [DataRequired(_l("Choose at least one day."))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Public holidays and the company's own days off stay off."),
    )

    def offer(self, names: list[str]) -> None:
        self.weekdays.choices = [SelectChoice(number, name) for number, name in enumerate(names)]
