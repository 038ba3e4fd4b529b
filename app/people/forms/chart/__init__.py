"""What we accept from whoever changes the org chart: one form an act, each of which makes a wish."""

from app.people.forms.chart.acts import (
    AlterationForm,
    ClosureForm,
    CorrectionForm,
    MergerForm,
    MoveForm,
    OpeningForm,
    WishForm,
)
from app.people.forms.chart.split import SplitForm

FORMS: dict[str, type[WishForm]] = {
    "opening": OpeningForm,
    "alteration": AlterationForm,
    "move": MoveForm,
    "merger": MergerForm,
    "split": SplitForm,
    "closure": ClosureForm,
    "correction": CorrectionForm,
}
