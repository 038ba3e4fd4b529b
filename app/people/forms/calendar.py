"""What we accept about the days of a unit: its own days off, and which days are worked, by the week or in shifts."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.people.actions.calendar import DayWish, Shifts
from app.people.days.shifts import NoShifts, turns_of
from app.people.forms.fields import NEEDED, Day, words_field

NO_SHIFTS = _l("Write how many days are worked and how many are off, in turn, with dashes between: 4-4 or 5-2-6-1.")


class OwnDayForm(Form):
    day = Day(_l("Day"), [InputRequired(NEEDED)])
    name = words_field(_l("What it is called"), 200, required=True)
    is_worked = BooleanField(
        _l("It is worked that day, though it would be off"),
        description=_l("For a Saturday that is made up for, or a shop that opens on a Sunday."),
    )

    def wish(self) -> DayWish:
        return DayWish(self.day.day, self.name.data or "", bool(self.is_worked.data))


class ShiftsForm(Form):
    first_on = Day(_l("First day of the first shift"), [InputRequired(NEEDED)])
    turns = words_field(
        _l("Days worked and days off, in turn"), 60, required=True,
        hint=_l("4-4 is four days on, four off; 2-2-3-2-2-3 comes round after two weeks."), placeholder="4-4",
    )  # fmt: skip
    works_holidays = BooleanField(_l("Public holidays are worked too"))

    def validate_turns(self, field: Field) -> None:
        try:
            turns_of(field.data or "")
        except NoShifts as error:
            raise ValidationError(NO_SHIFTS) from error

    def shifts(self) -> Shifts:
        return Shifts(self.turns.data or "", bool(self.works_holidays.data))


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
