"""Where customers meet the bank: what each unit is asked about, and by which channel."""

from typing import NamedTuple

from app.demo.story.organisation import RISING
from app.demo.story.timeline import REORGANISED_IN


class Touchpoint(NamedTuple):
    """`topic` names the comments that fit; `metric` is asked there now and then beside NPS ("" for none)."""

    name: str
    topic: str
    metric: str
    channels: tuple[str, ...]


COUNTER = Touchpoint("Okienko", "counter", "csat", ("tablet", "sms"))
ADVICE = Touchpoint("Spotkanie z doradcą", "advice", "csat", ("email", "sms"))
ACCOUNT = Touchpoint("Otwarcie konta", "advice", "ces", ("email",))
LOAN = Touchpoint("Kredyt gotówkowy", "advice", "ces", ("email", "sms"))
MACHINE = Touchpoint("Bankomat i wpłatomat", "machine", "", ("sms",))
PHONE = Touchpoint("Rozmowa z infolinią", "phone", "ces", ("phone", "sms"))
APP = Touchpoint("Aplikacja mobilna", "digital", "ces", ("app",))
ONLINE = Touchpoint("Bankowość internetowa", "digital", "ces", ("web",))
CHAT = Touchpoint("Czat", "digital", "csat", ("web", "app"))
MORTGAGE = Touchpoint("Kredyt hipoteczny", "mortgage", "ces", ("email", "phone"))
COMPLAINT = Touchpoint("Reklamacja", "complaint", "csat", ("email", "sms"))
CALLBACK = Touchpoint("Oddzwonienie po opinii", "callback", "csat", ("phone",))

Mix = tuple[tuple[Touchpoint, ...], tuple[int, ...]]

BRANCH: Mix = (COUNTER, ADVICE, ACCOUNT, LOAN, MACHINE), (42, 28, 12, 10, 8)
BRANCH_THAT_CALLS_BACK: Mix = (*BRANCH[0], CALLBACK), (*BRANCH[1], 12)
ELSEWHERE: dict[str, Mix] = {
    "COK-INF": ((PHONE, COMPLAINT), (92, 8)),
    "COK-CZA": ((APP, ONLINE, CHAT), (50, 22, 28)),
    "COK-REK": ((COMPLAINT,), (1,)),
    "COK-HIP": ((MORTGAGE,), (1,)),
    "COK-UKR": ((PHONE, CHAT), (65, 35)),
}

LANGUAGES = ("pl", "ru", "en")
USUAL_LANGUAGES = (84, 8, 8)
LANGUAGES_OF = {"COK-UKR": (12, 82, 6), RISING: (76, 9, 15), "WAW-SRO": (74, 12, 14)}


def touchpoints_of(code: str, quarter: int) -> Mix:
    """What the unit's customers meet then; Kraków Rynek calls its critics back after the training."""
    if code == RISING and quarter > REORGANISED_IN:
        return BRANCH_THAT_CALLS_BACK
    return ELSEWHERE.get(code, BRANCH)
